import { readFile } from 'node:fs/promises';
import { toldTest } from '../../told-test.ts';
import { ReportLine } from './report.ts';

export interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** The report's lines that are complete; the host may have died while it wrote the last one. */
export async function readReport(file: string): Promise<readonly ReportLine[]> {
  const text = await readFile(file, 'utf8');
  const complete = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
  return complete.filter((line) => line !== '').map((line) => ReportLine.parse(JSON.parse(line)));
}

/** Counts what was reported. A suite that never reached its end counts as one failure more. */
export function totalsOf(lines: readonly ReportLine[]): Totals {
  const count = (event: ReportLine['event']): number =>
    lines.filter((line) => line.event === event).length;
  const unfinished = count('end') === 0 ? 1 : 0;
  return { passed: count('pass'), failed: count('fail') + unfinished, skipped: count('pending') };
}

/** The report as mocha's own "spec" reporter would print it. */
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
  for (const line of told(lines)) {
    console.log(`\n${line}`);
  }
}

/** What failed, and what passed only when it was tried again: a test and why, each of several lines. */
export function told(lines: readonly ReportLine[]): string[] {
  return lines.flatMap((line) => {
    if (line.event === 'fail') {
      return [toldTest('failed', line.fullTitle, line.error)];
    }
    return line.event === 'retry' ? [toldTest('tried again', line.fullTitle, line.error)] : [];
  });
}

function indented(depth: number, text: string): string {
  return `${'  '.repeat(depth)}${text}`;
}
