import { readFile } from 'node:fs/promises';
import { printed } from '../../reported-test.ts';
import { type LoggedTests, TestLog } from '../../test-log.ts';
import { ReportLine } from './report.ts';

/** Reads the complete lines of the report; the host may have ended while it wrote the last one. */
export async function readReport(file: string): Promise<readonly ReportLine[]> {
  const text = await readFile(file, 'utf8');
  const complete = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
  return complete.filter((line) => line !== '').map((line) => ReportLine.parse(JSON.parse(line)));
}

/** Counts and lists the tests of the report. A suite that did not reach its end counts as one more failure. */
export function totalsOf(lines: readonly ReportLine[]): LoggedTests {
  const log = new TestLog();
  for (const line of lines) {
    if (line.event === 'pass') {
      log.pass();
    }
    if (line.event === 'retry') {
      log.retry(line.fullTitle, line.error);
    }
    if (line.event === 'fail') {
      log.fail(line.fullTitle, line.error);
    }
    if (line.event === 'pending') {
      log.skip(line.fullTitle, line.error);
    }
  }
  if (!lines.some((line) => line.event === 'end')) {
    log.fail('the tests inside VS Code', 'They did not reach their end.');
  }
  return log.result();
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
  for (const each of totalsOf(lines).reports) {
    console.log(`\n${printed(each)}`);
  }
}

function indented(depth: number, text: string): string {
  return `${'  '.repeat(depth)}${text}`;
}
