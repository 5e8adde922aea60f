import path from 'node:path';
import { execa } from 'execa';
import { repository } from '../../test/support/vscode/paths.ts';

/** Runs mocha in this repository and returns its exit code. Its output goes to this process's output. */
export async function mocha(args: readonly string[]): Promise<number> {
  const { exitCode } = await execa('mocha', args, {
    cwd: repository,
    preferLocal: true,
    // The tests start hundreds of programs from their sources: the cache compiles each file once.
    env: { NODE_COMPILE_CACHE: path.join(repository, 'node_modules', '.cache', 'compiled') },
    stdio: 'inherit',
    reject: false,
  });
  return exitCode ?? 1;
}
