import { readFile } from 'node:fs/promises';
import { reportedTest } from '../../reported-test.ts';
import { ReportLine } from './report.ts';

export interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Reads the complete lines of the report; the host may have ended while it wrote the last one. */
export async function readReport(file: string): Promise<readonly ReportLine[]> {
  const text = await readFile(file, 'utf8');
  const complete = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
  return complete.filter((line) => line !== '').map((line) => ReportLine.parse(JSON.parse(line)));
}

/** Counts the report. A suite that did not reach its end counts as one more failure. */
export function totalsOf(lines: readonly ReportLine[]): Totals {
  const count = (event: ReportLine['event']): number =>
    lines.filter((line) => line.event === event).length;
  const unfinished = count('end') === 0 ? 1 : 0;
  return { passed: count('pass'), failed: count('fail') + unfinished, skipped: count('pending') };
}

/** Prints the report like mocha's "spec" reporter. */
export function printReport(lines: readonly ReportLine[]): void {
  for (const line of lines) {
    if (line.event === 'suite') {
      console.log(indented(line.depth, line.title));
    }
    if (line.event === 'pass') {
      console.log(indented(line.depth, `✔ ${line.title} (${line.ms}ms)`));
    }
    if (line.event === 'pending') {
      console.log(indented(line.depth, `- ${line.title}`));
    }
    if (line.event === 'fail') {
      console.log(indented(line.depth, `✖ ${line.title}`));
    }
  }
  for (const line of reportsOf(lines)) {
    console.log(`\n${line}`);
  }
}

/** Returns the tests that failed, or passed only in a second try, each with its reason; several lines each. */
export function reportsOf(lines: readonly ReportLine[]): string[] {
  return lines.flatMap((line) => {
    if (line.event === 'fail') {
      return [reportedTest('failed', line.fullTitle, line.error)];
    }
    return line.event === 'retry' ? [reportedTest('tried again', line.fullTitle, line.error)] : [];
  });
}

function indented(depth: number, text: string): string {
  return `${'  '.repeat(depth)}${text}`;
}
