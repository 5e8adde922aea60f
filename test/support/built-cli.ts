import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { removeDirectory, temporaryDirectory } from './temp-directory.ts';
import { repository } from './vscode/paths.ts';

let built: Promise<string> | undefined;

/**
 * Returns the path of a command line built from the current sources, with its runner beside it; builds it once per
 * process.
 */
export function builtCli(): Promise<string> {
  built ??= build();
  return built;
}

async function build(): Promise<string> {
  const folder = temporaryDirectory();
  process.once('exit', () => removeDirectory(folder));
  const dist = path.join(folder, 'dist');
  await execa(process.execPath, ['esbuild.js', `--outdir=${dist}`], { cwd: repository });
  // The command line reads its version there.
  await copyFile(path.join(repository, 'package.json'), path.join(folder, 'package.json'));
  return path.join(dist, 'cli.mjs');
}
