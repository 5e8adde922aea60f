// Runs every check; prints what failed, was tried again or was skipped, and one line of totals at the end:
//   npm test [-- --only unit,e2e]
import { parseArgs } from 'node:util';
import { unchecked } from './leftovers.ts';
import { type Lane, runStages } from './stages.ts';
import type { Step } from './step.ts';
import { lastLines } from './summary.ts';
import { writeTotals } from './totals.ts';

const checks: Lane = [
  { name: 'lint', title: 'Lint', script: 'lint', counts: false },
  { name: 'format', title: 'Format', script: 'format:check', counts: false },
  { name: 'types', title: 'Types', script: 'types', counts: false },
  { name: 'knip', title: 'Unused code and dependencies', script: 'knip', counts: false },
  { name: 'layers', title: 'Order of the rooms', script: 'layers', counts: false },
];
const unit: Lane = [{ name: 'unit', title: 'Unit tests', script: 'test:unit', counts: true }];
const processes: Lane = [
  { name: 'process', title: 'Tests with real processes', script: 'test:process', counts: true },
];
const agents: Lane = [
  {
    name: 'agents',
    title: 'Tests with real agents: Claude Code and Gemini CLI',
    script: 'test:agents',
    args: ['claude', 'gemini'],
    counts: true,
  },
];
const inVscode: Lane = [
  { name: 'build', title: 'Build', script: 'build', counts: false },
  {
    name: 'integration',
    title: 'Integration tests inside VS Code',
    script: 'test:integration',
    counts: true,
  },
];
const endToEnd: Lane = [
  { name: 'e2e', title: 'End-to-end tests of VS Code', script: 'test:e2e', counts: true },
];
// Tests with real processes and agents mostly wait, checks and unit tests compute; both lanes take about as long.
const stages: readonly (readonly Lane[])[] = [
  [
    [...checks, ...unit, ...inVscode],
    [...processes, ...agents],
  ],
  [endToEnd],
];

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const only = values.only?.split(',');
const names = stages.flat(2).map((step) => step.name);
const unknown = only?.filter((name) => !names.includes(name)) ?? [];
if (unknown.length > 0) {
  console.error(`Unknown step "${unknown.join('", "')}". Known steps: ${names.join(', ')}.`);
  process.exit(2);
}

const isWanted = ({ name }: Step): boolean => only === undefined || only.includes(name);
const wanted = stages
  .map((stage) => stage.map((lane) => lane.filter(isWanted)).filter((lane) => lane.length > 0))
  .filter((stage) => stage.length > 0);
const totals = await runStages(wanted, 'Summary');
await writeTotals(totals);
console.log(`\n${lastLines(totals, unchecked)}`);
process.exitCode = totals.failed === 0 ? 0 : 1;
