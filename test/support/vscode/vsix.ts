import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { repository } from './paths.ts';

let packed: Promise<string> | undefined;

/** Returns the packaged extension; packages it at most once per process. */
export function packageExtension(): Promise<string> {
  // Packaged before, for all processes of a run.
  const given = process.env.PARALLEL_GROUPS_VSIX;
  if (given !== undefined && given !== '') {
    return Promise.resolve(given);
  }
  packed ??= packageNow();
  return packed;
}

async function packageNow(): Promise<string> {
  const file = path.join(repository, 'out', 'parallel-groups.vsix');
  await mkdir(path.dirname(file), { recursive: true });
  // --no-dependencies: everything that is needed at run time is bundled into dist/.
  const result = await execa('npm', ['run', '--silent', 'package'], {
    cwd: repository,
    preferLocal: true,
    all: true,
    reject: false,
    timeout: 120_000,
  });
  if (result.failed) {
    throw new Error(`The extension could not be packaged:\n${result.all}`);
  }
  return file;
}
