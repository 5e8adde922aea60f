// 200 tasks with `run: true`, eight at a time, journaled and headless, beside `xargs -P8` with the same commands in the
// same run. Whole processes, wall clock, as a ratio. Usage: npm run build && node bench/headless.ts [rounds]
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';

const TASKS = 200;
const AT_ONCE = 8;
const AIM = 5;
const cli = path.resolve(import.meta.dirname, '..', 'dist', 'cli.mjs');
const rounds = Number(process.argv[2] ?? 3);

const state = await mkdtemp(path.join(tmpdir(), 'pg-bench-state-'));
const ratios: number[] = [];
try {
  for (let round = 1; round <= rounds; round += 1) {
    const peer = await xargs();
    const ours = await execute();
    ratios.push(ours / peer);
    console.log(
      `round ${String(round)}: execute ${ours.toFixed(0)} ms, xargs ${peer.toFixed(0)} ms`,
    );
  }
} finally {
  await rm(state, { recursive: true, force: true });
}
const median = ratios.toSorted((a, b) => a - b)[Math.floor(ratios.length / 2)] ?? NaN;
console.log(
  `execute / xargs -P${String(AT_ONCE)}, median of ${String(rounds)}: ${median.toFixed(2)}× (aim ${String(AIM)}×)`,
);

async function execute(): Promise<number> {
  const workspace = await mkdtemp(path.join(tmpdir(), 'pg-bench-'));
  try {
    const tasks = Array.from({ length: TASKS }, (_, place) => ({
      id: `t${String(place + 1)}`,
      title: `Task ${String(place + 1)}`,
      description: '[P:Group-all]',
      run: 'true',
    }));
    await writeFile(path.join(workspace, 'tasks.json'), JSON.stringify(tasks));
    const args = [
      cli,
      'execute',
      '--group-id',
      'all',
      '--max-concurrent',
      String(AT_ONCE),
      '--yes',
      '--json',
    ];
    return await timed(() =>
      execa('node', args, { cwd: workspace, env: { XDG_STATE_HOME: state } }),
    );
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
}

async function xargs(): Promise<number> {
  const input = Array.from({ length: TASKS }, () => 'true').join('\n');
  return timed(() => execa('xargs', [`-P${String(AT_ONCE)}`, '-I{}', 'sh', '-c', '{}'], { input }));
}

async function timed(work: () => PromiseLike<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
