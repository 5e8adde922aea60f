// The part of .ci/run that needs the installed packages: runs its steps, and prints what failed, was tried again or was
// skipped, and the totals as the last line.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, type Outcome, runStep, type Step } from './step.ts';
import { addUp, lastLines } from './summary.ts';
import { withFailure, writeTotals } from './totals.ts';

const lowest = ['--vscode', '1.110'];
const steps: readonly Step[] = [
  { name: 'readme', title: 'npm test', script: 'test', counts: true },
  {
    name: 'lowest',
    title: 'Integration tests inside the lowest supported VS Code',
    script: 'test:integration',
    args: [...lowest, '--without', 'runs'],
    counts: true,
  },
  {
    name: 'packaged',
    title: 'The packaged extension in the lowest supported VS Code',
    script: 'test:vsix',
    args: lowest,
    counts: true,
  },
];

const outcomes: Outcome[] = [];
const folder = await mkdtemp(path.join(tmpdir(), 'pg'));
try {
  for (const step of steps) {
    outcomes.push(await runStep(step, { folder, output: 'as it comes' }));
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
const failure = process.env.PARALLEL_GROUPS_CI_FAILURE;
const counted = addUp(outcomes);
const totals = failure === undefined ? counted : withFailure(counted, 'Preparation', failure);
console.log(`\n━━ All steps ${'━'.repeat(51)}`);
for (const outcome of outcomes) {
  console.log(describe(outcome));
}
const missing = process.env.PARALLEL_GROUPS_NO_BD;
console.log(`\n${lastLines(totals, missing === undefined ? [] : [`- without bd: ${missing}`])}`);
// Its presence tells .ci/run that the last line is printed.
await writeTotals(totals);
process.exitCode = totals.failed === 0 ? 0 : 1;
