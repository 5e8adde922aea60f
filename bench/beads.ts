// Reading a tracker through our source, compared with a bare `bd list --json`; needs bd on the path.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PlanStore } from '../src/tasks/plans/plan-store.ts';

const ISSUES = 30;
const ROUNDS = 9;
const LIST = ['list', '--all', '--flat', '--json', '--limit', '0'];

if (spawnSync('bd', ['version']).status !== 0) {
  console.log('skipped: bd is not on the path');
  process.exit(0);
}
const root = mkdtempSync(path.join(tmpdir(), 'parallel-groups-bench-'));
process.env.HOME = root;
const bd = (...args: readonly string[]): void => {
  execFileSync('bd', args, { cwd: root, stdio: 'ignore' });
};

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}

try {
  execFileSync('git', ['init', '--quiet'], { cwd: root });
  bd('init', '--prefix', 'bench');
  for (let issue = 1; issue <= ISSUES; issue += 1) {
    bd('create', `Issue ${issue}`);
  }
  const bare: number[] = [];
  const ours: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    let start = performance.now();
    bd(...LIST);
    bare.push(performance.now() - start);
    start = performance.now();
    const store = await PlanStore.open(root);
    ours.push(performance.now() - start);
    if (store.current().tasks.size !== ISSUES) {
      throw new Error('Something else was read.');
    }
  }
  const ratio = (median(ours) / median(bare)).toFixed(2);
  console.log(`bd list of ${ISSUES} issues   ${median(bare).toFixed(0)} ms`);
  console.log(`through our source     ${median(ours).toFixed(0)} ms  ${ratio}×`);
} finally {
  rmSync(root, { recursive: true, force: true, maxRetries: 5 });
}
