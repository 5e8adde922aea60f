// Runs mocha on as many files in parallel as the machine has cores, at least two, because most tests wait rather than
// compute:
//   node tools/mocha.ts MOST ARGUMENTS…        at most MOST files in parallel
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { repository } from '../test/support/vscode/paths.ts';

const [most, ...rest] = process.argv.slice(2);
const jobs = Math.min(Number(most), Math.max(2, availableParallelism()));
const { exitCode } = await execa('mocha', ['--parallel', '--jobs', String(jobs), ...rest], {
  cwd: repository,
  preferLocal: true,
  // The tests start hundreds of programs from their sources: the cache compiles each file once.
  env: { NODE_COMPILE_CACHE: path.join(repository, 'node_modules', '.cache', 'compiled') },
  stdio: 'inherit',
  reject: false,
});
process.exitCode = exitCode ?? 1;
