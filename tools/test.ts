// Runs every check; prints what failed, was tried again or was skipped, and one line of totals at the end:
//   npm test [-- --only unit,e2e]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { unchecked } from './leftovers.ts';
import { describe, type Outcome, runStep, type Step } from './step.ts';
import { addUp, lastLines } from './summary.ts';
import { writeTotals } from './totals.ts';

/**
 * The steps of one lane run one after another. The lanes of a stage run in parallel, so that no core is idle. The
 * stages run one after another.
 */
type Lane = readonly Step[];

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

const outcomes: Outcome[] = [];
const folder = await mkdtemp(path.join(tmpdir(), 'pg-test-'));
try {
  for (const stage of stages) {
    await runStage(stage);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
await summarise();

async function runStage(stage: readonly Lane[]): Promise<void> {
  const isWanted = ({ name }: Step): boolean => only === undefined || only.includes(name);
  const lanes = stage.map((lane) => lane.filter(isWanted)).filter((lane) => lane.length > 0);
  const alone = lanes.length === 1;
  if (!alone) {
    for (const [first] of lanes) {
      console.log(`… ${first?.title ?? ''}`);
    }
  }
  await Promise.all(
    lanes.map(async (lane) => {
      for (const step of lane) {
        outcomes.push(
          await runStep(step, { folder, output: alone ? 'as it comes' : 'at its end' }),
        );
      }
    }),
  );
}

async function summarise(): Promise<void> {
  console.log(`\n━━ Summary ${'━'.repeat(53)}`);
  outcomes.sort((a, b) => names.indexOf(a.step.name) - names.indexOf(b.step.name));
  for (const outcome of outcomes) {
    console.log(describe(outcome));
  }
  const totals = addUp(outcomes);
  await writeTotals(totals);
  console.log(`\n${lastLines(totals, unchecked)}`);
  process.exitCode = totals.failed === 0 ? 0 : 1;
}
