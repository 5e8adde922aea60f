// One step of `npm test` or `.ci/run`: an npm script that counts its tests, or counts as one check.
import path from 'node:path';
import { execa } from 'execa';
import { repository } from '../test/support/vscode/paths.ts';
import { watchLeftovers } from './leftovers.ts';
import { counts } from './summary.ts';
import { noTests, readTotals, type Totals, totalsVariable, withFailure } from './totals.ts';

export interface Step {
  readonly name: string;
  readonly title: string;
  /** An npm script of this project. */
  readonly script: string;
  readonly args?: readonly string[];
  /** Whether the step counts its tests; otherwise it counts as one check. */
  readonly counts: boolean;
}

export interface Outcome extends Totals {
  readonly step: Step;
  readonly seconds: number;
}

/** Lines of output that explain why a check failed. */
const SHOWN_LINES = 20;

export interface StepOptions {
  /** Folder for the totals. */
  readonly folder: string;
  /** When the output is shown. */
  readonly output: 'as it comes' | 'at its end';
  /** How long what it started may take to go after its end, ms. */
  readonly graceMs?: number;
  readonly print?: (text: string) => void;
}

/** Runs one step, and ends and removes what it leaves behind, which counts as one failure. */
export async function runStep(step: Step, options: StepOptions): Promise<Outcome> {
  const { folder, output, graceMs, print = console.log } = options;
  const heading = `\n━━ ${step.title} ${'━'.repeat(Math.max(3, 60 - step.title.length))}`;
  const comes = output === 'as it comes';
  if (comes) {
    print(heading);
  }
  const started = performance.now();
  const file = path.join(folder, `${step.name}.json`);
  const watch = await watchLeftovers(graceMs);
  const result = await execa('npm', ['run', '--silent', step.script, '--', ...(step.args ?? [])], {
    cwd: repository,
    env: {
      [totalsVariable]: file,
      // Otherwise some programs keep compiled code in the temporary folder.
      NODE_COMPILE_CACHE: path.join(repository, 'node_modules', '.cache', 'compiled'),
      ...watch.env,
    },
    ...(comes ? { stdio: 'inherit' } : { all: true }),
    reject: false,
  });
  const left = await watch.end();
  if (!comes) {
    print(`${heading}\n${result.all ?? ''}`.trimEnd());
  }
  const end = result.failed
    ? `It ended with ${result.exitCode ?? result.signal ?? 'an error'}`
    : '';
  const lines = (result.all ?? '').trimEnd().split('\n').slice(-SHOWN_LINES);
  const tail = comes ? 'Its output is above.' : ['Its last lines:', ...lines].join('\n');
  const counted = step.counts ? await readTotals(file) : undefined;
  const outcome = {
    step,
    seconds: (performance.now() - started) / 1000,
    ...withLeftovers(step, left, totalsOf(step, counted, end, tail)),
  };
  print(describe(outcome));
  return outcome;
}

/**
 * Returns the totals of a step. A counting step that ends with an error, or before it counted, has at least one
 * failure. `end`: how it ended, empty if without an error.
 */
function totalsOf(step: Step, counted: Totals | undefined, end: string, tail: string): Totals {
  const failed = end !== '' || (step.counts && counted === undefined);
  if (!failed) {
    return counted ?? { ...noTests, passed: 1 };
  }
  if (counted !== undefined && counted.failed > 0) {
    return counted;
  }
  const why = [
    ...(end === '' ? [] : [`${end}.`]),
    ...(step.counts && counted === undefined ? ['It did not count its tests.'] : []),
    tail,
  ];
  return withFailure(counted ?? noTests, step.title, why.join('\n'));
}

function withLeftovers(step: Step, left: readonly string[], totals: Totals): Totals {
  return left.length === 0
    ? totals
    : withFailure(totals, `${step.title} left behind`, left.join('\n'));
}

/** Returns one line about a step. */
export function describe({ step, seconds, ...totals }: Outcome): string {
  const sign = totals.failed === 0 ? '✔' : '✖';
  return `${sign} ${step.title}: ${counts(totals)} in ${seconds.toFixed(1)} s`;
}
