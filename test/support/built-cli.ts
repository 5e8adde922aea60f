import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { removeDirectory, temporaryDirectory } from './temp-directory.ts';
import { repository } from './vscode/paths.ts';

/** Names the built command line for mocha's workers. */
export const builtCliVariable = 'PARALLEL_GROUPS_BUILT_CLI';

let built: Promise<string> | undefined;

/**
 * Returns the path of a command line built from the current sources, with its runner beside it; builds it at most once
 * per process.
 */
export function builtCli(): Promise<string> {
  const given = process.env[builtCliVariable];
  built ??= given === undefined ? build() : Promise.resolve(given);
  return built;
}

async function build(): Promise<string> {
  const folder = temporaryDirectory();
  process.once('exit', () => removeDirectory(folder));
  const dist = path.join(folder, 'dist');
  await execa(process.execPath, ['esbuild.js', '--programs=cli,runner', `--outdir=${dist}`], {
    cwd: repository,
  });
  // The command line reads its version there.
  await copyFile(path.join(repository, 'package.json'), path.join(folder, 'package.json'));
  return path.join(dist, 'cli.mjs');
}
