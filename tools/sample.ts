import { cp, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { repository } from '../test/support/vscode/paths.ts';
import { commitAll } from '../test/support/vscode/workspace.ts';

export interface Sample {
  readonly folder: string;
  remove(): Promise<void>;
}

/** A copy of the sample workspace with a git history of its own, so that nothing here changes. */
export async function copySample(): Promise<Sample> {
  const parent = await realpath(await mkdtemp(path.join(tmpdir(), 'parallel-groups-')));
  // The folder's name is what the window shows.
  const folder = path.join(parent, 'sample');
  const built = path.join(repository, 'examples', 'sample', 'dist');
  await cp(path.join(repository, 'examples', 'sample'), folder, {
    recursive: true,
    filter: (source) => source !== built,
  });
  await commitAll(folder);
  return { folder, remove: () => rm(parent, { recursive: true, force: true, maxRetries: 5 }) };
}
