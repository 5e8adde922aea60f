// The part of .ci/run that needs the installed packages: runs its steps, and prints what failed, was tried again or was
// skipped, and the totals as the last line.
import { type Lane, runStages } from './stages.ts';
import { lastLines } from './summary.ts';
import { withFailure, writeTotals } from './totals.ts';

const lowest = ['--vscode', '1.110'];
const readme: Lane = [{ name: 'readme', title: 'npm test', script: 'test', counts: true }];
const inLowest: Lane = [
  {
    name: 'lowest',
    title: 'Integration tests inside the lowest supported VS Code',
    script: 'test:integration',
    args: [...lowest, '--without', 'runs'],
    counts: true,
  },
];
const packaged: Lane = [
  {
    name: 'packaged',
    title: 'The packaged extension in the lowest supported VS Code',
    script: 'test:vsix',
    args: lowest,
    counts: true,
  },
];

const counted = await runStages([[readme], [inLowest, packaged]], 'All steps');
const failure = process.env.PARALLEL_GROUPS_CI_FAILURE;
const totals = failure === undefined ? counted : withFailure(counted, 'Preparation', failure);
const missing = process.env.PARALLEL_GROUPS_NO_BD;
console.log(`\n${lastLines(totals, missing === undefined ? [] : [`- without bd: ${missing}`])}`);
// Its presence tells .ci/run that the last line is printed.
await writeTotals(totals);
process.exitCode = totals.failed === 0 ? 0 : 1;
