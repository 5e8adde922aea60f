import type { TestFailure } from '../../../shared/view-models/group-views.ts';
import { report, sumOf, testFailure, type TestParser } from '../reports/test-report.ts';

/** `cargo test`: one `test result:` line for each test binary and for the documentation's tests. */
export const parseCargo: TestParser = (output) => {
  const lines = output.match(/^test result: .*$/gm)?.join('\n');
  if (lines === undefined) {
    return null;
  }
  const counts = {
    passed: sumOf(lines, /(\d+) passed/g),
    failed: sumOf(lines, /(\d+) failed/g),
    skipped: sumOf(lines, /(\d+) ignored/g),
  };
  return report(counts, cargoFailures(output));
};

/** `test name ... FAILED`; the reason is in a separate section, after the line that names the place of the panic. */
function cargoFailures(output: string): TestFailure[] {
  return [...output.matchAll(/^test (.+) \.\.\. FAILED$/gm)].map(([, name = '']) => {
    const start = output.indexOf(`---- ${name} stdout ----`);
    const section = start === -1 ? '' : (output.slice(start).split('\n\n')[1] ?? '');
    const lines = section.split('\n');
    const panicked = lines.findIndex((line) => line.includes(' panicked at '));
    return testFailure(name, lines[panicked + 1] ?? '');
  });
}
