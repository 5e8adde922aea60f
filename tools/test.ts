// Everything that has to hold, one step after another, and one line of totals at the end:
//   npm test [-- --only unit,e2e]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { repository } from '../test/support/vscode/paths.ts';
import { readTotals, totalsVariable, writeTotals, type Totals } from './totals.ts';

interface Step {
  readonly name: string;
  readonly title: string;
  /** An npm script of this project. */
  readonly script: string;
  /** Whether the step counts tests itself; otherwise it is one check. */
  readonly counts: boolean;
}

interface Outcome extends Totals {
  readonly step: Step;
  readonly seconds: number;
}

const steps: readonly Step[] = [
  { name: 'format', title: 'Format', script: 'format:check', counts: false },
  { name: 'lint', title: 'Lint', script: 'lint', counts: false },
  { name: 'types', title: 'Types', script: 'types', counts: false },
  { name: 'knip', title: 'Unused code and dependencies', script: 'knip', counts: false },
  { name: 'layers', title: 'Order of the rooms', script: 'layers', counts: false },
  { name: 'unit', title: 'Unit tests', script: 'test:unit', counts: true },
  { name: 'build', title: 'Build', script: 'build', counts: false },
  {
    name: 'integration',
    title: 'Integration tests inside VS Code',
    script: 'test:integration',
    counts: true,
  },
  { name: 'e2e', title: 'End-to-end tests of VS Code', script: 'test:e2e', counts: true },
];

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const only = values.only?.split(',');
const unknown = only?.filter((name) => !steps.some((step) => step.name === name)) ?? [];
if (unknown.length > 0) {
  const names = steps.map((step) => step.name).join(', ');
  console.error(`There is no step "${unknown.join('", "')}". There are: ${names}.`);
  process.exit(2);
}

const outcomes: Outcome[] = [];
const folder = await mkdtemp(path.join(tmpdir(), 'pg-test-'));
const wanted = steps.filter(({ name }) => only === undefined || only.includes(name));
try {
  // Checks of one core each, side by side; then what counts its own tests and needs the machine.
  const checks = wanted.filter(isCheck);
  outcomes.push(...(await Promise.all(checks.map((step) => run(step, 'at its end')))));
  for (const step of wanted.filter((each) => !isCheck(each))) {
    outcomes.push(await run(step, 'as it comes'));
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
await summarise();

/** Whether a step only looks at the sources. */
function isCheck({ name, counts }: Step): boolean {
  return !counts && name !== 'build';
}

/** Runs one step; `output`: when what it prints is shown. */
async function run(step: Step, output: 'as it comes' | 'at its end'): Promise<Outcome> {
  const heading = `\n━━ ${step.title} ${'━'.repeat(Math.max(3, 60 - step.title.length))}`;
  const comes = output === 'as it comes';
  if (comes) console.log(heading);
  const started = performance.now();
  const file = path.join(folder, `${step.name}.json`);
  const result = await execa('npm', ['run', '--silent', step.script], {
    cwd: repository,
    env: { [totalsVariable]: file },
    ...(comes ? { stdio: 'inherit' } : { all: true }),
    reject: false,
  });
  if (!comes) console.log(`${heading}\n${result.all ?? ''}`);
  const counted = step.counts ? await readTotals(file) : undefined;
  const outcome = {
    step,
    seconds: (performance.now() - started) / 1000,
    ...totalsOf(step, counted, result.failed),
  };
  console.log(`${outcome.failed === 0 ? '✔' : '✖'} ${describe(outcome)}`);
  return outcome;
}

/** A counting step that ends badly, or before it could count, has at least one failure. */
function totalsOf(step: Step, counted: Totals | undefined, failed: boolean): Totals {
  const bad = failed || (step.counts && counted === undefined);
  const plain = { passed: bad || step.counts ? 0 : 1, failed: 0, skipped: 0 };
  const totals = counted ?? plain;
  return { ...totals, failed: bad ? Math.max(1, totals.failed) : totals.failed };
}

function describe({ step, seconds, passed, failed, skipped }: Outcome): string {
  return `${step.title}: ${counts({ passed, failed, skipped })} in ${seconds.toFixed(1)} s`;
}

function counts({ passed, failed, skipped }: Totals): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

async function summarise(): Promise<void> {
  const sum = (key: keyof Totals): number =>
    outcomes.reduce((total, outcome) => total + outcome[key], 0);
  console.log(`\n━━ Summary ${'━'.repeat(53)}`);
  for (const outcome of outcomes) {
    console.log(`${outcome.failed === 0 ? '✔' : '✖'} ${describe(outcome)}`);
  }
  const totals = { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
  await writeTotals(totals);
  console.log(`\n${counts(totals)}`);
  process.exitCode = totals.failed === 0 ? 0 : 1;
}
