// Runs in the extension host of a real VS Code: mocha over the bundled suites beside this file.
import { appendFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type Mocha from 'mocha';
import { SkipReason } from '../../test-log.ts';
import { type ReportLine, variables } from './report.ts';
import { sourceStack } from './source-stack.ts';

/** Called by VS Code; a rejection makes it end with a non-zero code. */
export async function run(): Promise<void> {
  process.setSourceMapsEnabled(true);
  const report = process.env[variables.report];
  if (report === undefined) {
    throw new Error(`${variables.report} is not set.`);
  }
  const tell = (line: ReportLine): void => appendFileSync(report, `${JSON.stringify(line)}\n`);

  const { default: MochaClass } = await import('mocha');
  const grep = process.env[variables.grep];
  class Reporter extends MochaClass.reporters.Base {
    constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
      super(runner, options);
      attach(runner, tell);
    }
  }
  const mocha = new MochaClass({
    ui: 'bdd',
    timeout: 60_000,
    // The report contains it, and `npm test` prints it at its end.
    retries: 1,
    forbidOnly: true,
    reporter: Reporter,
    ...(grep === undefined ? {} : { grep }),
  });
  const without = process.env[variables.without];
  const suites = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.test.js'));
  const wanted = suites.filter((name) => without === undefined || !name.startsWith(`${without}-`));
  for (const name of wanted.sort()) {
    mocha.addFile(path.join(import.meta.dirname, name));
  }

  const failures = await new Promise<number>((resolve) => {
    mocha.run(resolve);
  });
  tell({ event: 'end' });
  if (failures > 0) {
    throw new Error(`${failures} integration tests failed.`);
  }
}

function attach(runner: Mocha.Runner, tell: (line: ReportLine) => void): void {
  let depth = 0;
  runner.on('suite', (suite) => {
    if (!suite.root) {
      tell({ event: 'suite', title: suite.title, depth });
    }
    depth += 1;
  });
  runner.on('suite end', () => {
    depth -= 1;
  });
  runner.on('pass', (test) => {
    tell({ event: 'pass', title: test.title, depth, ms: test.duration ?? 0 });
  });
  runner.on('pending', (test) => {
    const fullTitle = test.fullTitle();
    const error = SkipReason.safeParse(test.err).data;
    tell({ event: 'pending', title: test.title, fullTitle, depth, ...(error ? { error } : {}) });
  });
  runner.on('retry', (test: Mocha.Test, error: unknown) => {
    tell({ event: 'retry', fullTitle: test.fullTitle(), error: stackOf(error) });
  });
  runner.on('fail', (test, error: unknown) => {
    const { title } = test;
    tell({ event: 'fail', title, fullTitle: test.fullTitle(), depth, error: stackOf(error) });
  });
}

function stackOf(error: unknown): string {
  return sourceStack(error instanceof Error ? (error.stack ?? error.message) : String(error));
}
