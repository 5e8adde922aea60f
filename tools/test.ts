// Runs every check and prints one line of totals at the end:
//   npm test [-- --only unit,e2e]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { repository } from '../test/support/vscode/paths.ts';
import { readTotals, type Totals, totalsVariable, writeTotals } from './totals.ts';

/**
 * The steps of one lane run one after another. The lanes of a stage run in parallel, so that no core is idle. The
 * stages run one after another.
 */
type Lane = readonly Step[];

interface Step {
  readonly name: string;
  readonly title: string;
  /** An npm script of this project. */
  readonly script: string;
  /** Whether the step counts its tests; otherwise it counts as one check. */
  readonly counts: boolean;
}

type Counts = Omit<Totals, 'reports'>;

interface Outcome extends Totals {
  readonly step: Step;
  readonly seconds: number;
}

const sources: Lane = [
  { name: 'format', title: 'Format', script: 'format:check', counts: false },
  { name: 'lint', title: 'Lint', script: 'lint', counts: false },
  { name: 'types', title: 'Types', script: 'types', counts: false },
  { name: 'knip', title: 'Unused code and dependencies', script: 'knip', counts: false },
  { name: 'layers', title: 'Order of the rooms', script: 'layers', counts: false },
];
const unit: Lane = [{ name: 'unit', title: 'Unit tests', script: 'test:unit', counts: true }];
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
const stages: readonly (readonly Lane[])[] = [[[...sources, ...inVscode], unit], [endToEnd]];

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
        outcomes.push(await run(step, alone ? 'as it comes' : 'at its end'));
      }
    }),
  );
}

/** Runs one step. `output`: when its output is shown. */
async function run(step: Step, output: 'as it comes' | 'at its end'): Promise<Outcome> {
  const heading = `\n━━ ${step.title} ${'━'.repeat(Math.max(3, 60 - step.title.length))}`;
  const comes = output === 'as it comes';
  if (comes) {
    console.log(heading);
  }
  const started = performance.now();
  const file = path.join(folder, `${step.name}.json`);
  const result = await execa('npm', ['run', '--silent', step.script], {
    cwd: repository,
    env: { [totalsVariable]: file },
    ...(comes ? { stdio: 'inherit' } : { all: true }),
    reject: false,
  });
  if (!comes) {
    console.log(`${heading}\n${result.all ?? ''}`.trimEnd());
  }
  const counted = step.counts ? await readTotals(file) : undefined;
  const outcome = {
    step,
    seconds: (performance.now() - started) / 1000,
    ...totalsOf(step, counted, result.failed),
  };
  console.log(`${outcome.failed === 0 ? '✔' : '✖'} ${describe(outcome)}`);
  return outcome;
}

/**
 * Returns the totals of a step. A counting step that ends with an error, or before it counted, has at least one
 * failure.
 */
function totalsOf(step: Step, counted: Totals | undefined, failed: boolean): Totals {
  const bad = failed || (step.counts && counted === undefined);
  const reports = bad && counted === undefined ? [`✖ failed: ${step.title}`] : [];
  const plain = { passed: bad || step.counts ? 0 : 1, failed: 0, skipped: 0, reports };
  const totals = counted ?? plain;
  return { ...totals, failed: bad ? Math.max(1, totals.failed) : totals.failed };
}

function describe({ step, seconds, passed, failed, skipped }: Outcome): string {
  return `${step.title}: ${counts({ passed, failed, skipped })} in ${seconds.toFixed(1)} s`;
}

function counts({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

async function summarise(): Promise<void> {
  const sum = (key: keyof Counts): number =>
    outcomes.reduce((total, outcome) => total + outcome[key], 0);
  console.log(`\n━━ Summary ${'━'.repeat(53)}`);
  outcomes.sort((a, b) => names.indexOf(a.step.name) - names.indexOf(b.step.name));
  for (const outcome of outcomes) {
    console.log(`${outcome.failed === 0 ? '✔' : '✖'} ${describe(outcome)}`);
  }
  const reports = outcomes.flatMap((outcome) => outcome.reports);
  for (const each of reports) {
    console.log(`\n${each}`);
  }
  const totals = { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped'), reports };
  await writeTotals(totals);
  console.log(`\n${counts(totals)}`);
  process.exitCode = totals.failed === 0 ? 0 : 1;
}
