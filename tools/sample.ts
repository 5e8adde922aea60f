import { cp, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { repository } from '../test/support/vscode/paths.ts';
import { commitAll } from '../test/support/vscode/workspace.ts';

export interface Sample {
  readonly folder: string;
  remove(): Promise<void>;
}

const examples = path.join(repository, 'examples');

/** Returns the name of a sample workspace, if the folder is one. */
export function sampleAt(folder: string): string | null {
  return path.dirname(folder) === examples ? path.basename(folder) : null;
}

/** Copies a sample workspace with its own git history, so that the sample does not change. */
export async function copySample(name = 'sample'): Promise<Sample> {
  const parent = await realpath(await mkdtemp(path.join(tmpdir(), 'parallel-groups-')));
  // The window shows the folder's name.
  const folder = path.join(parent, name);
  const built = path.join(examples, name, 'dist');
  await cp(path.join(examples, name), folder, {
    recursive: true,
    filter: (source) => source !== built,
  });
  await commitAll(folder);
  return { folder, remove: () => rm(parent, { recursive: true, force: true, maxRetries: 5 }) };
}
