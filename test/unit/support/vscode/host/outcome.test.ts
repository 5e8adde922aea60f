import assert from 'node:assert/strict';
import { totalsOf } from '../../../../support/vscode/host/outcome.ts';
import type { ReportLine } from '../../../../support/vscode/host/report.ts';

const depth = 1;
const pass: ReportLine = { event: 'pass', title: 'a', depth, ms: 1 };
const error = { message: 'no bd', skippedSuite: 'beads' };

function skipped(title: string): ReportLine {
  return { event: 'pending', title, fullTitle: `beads ${title}`, depth, error };
}

describe('the report of the tests inside VS Code', () => {
  it('counts each test once, and lists failures, second tries and skips with their reasons', () => {
    const lines: readonly ReportLine[] = [
      pass,
      { event: 'retry', fullTitle: 'tree b', error: 'Error: late' },
      pass,
      { event: 'retry', fullTitle: 'tree c', error: 'Error: first' },
      { event: 'fail', title: 'c', fullTitle: 'tree c', depth, error: 'Error: last' },
      skipped('d'),
      skipped('e'),
      { event: 'pending', title: 'f', fullTitle: 'tree f', depth },
      { event: 'end' },
    ];
    const { reports, ...counts } = totalsOf(lines);
    assert.deepEqual(counts, { passed: 2, failed: 2, skipped: 2, triedAgain: 1 });
    assert.deepEqual(
      reports.map(({ what, title, tests }) => [what, title, tests]),
      [
        ['failed', 'tree c', 1],
        ['failed', 'tree f', 1],
        ['tried again', 'tree b', 1],
        ['skipped', 'beads', 2],
      ],
    );
    assert.equal(reports[0]?.why, 'Error: last\nBefore: Error: first');
  });

  it('has one more failure if it did not reach its end', () => {
    const { failed, reports } = totalsOf([pass]);
    assert.deepEqual([failed, reports[0]?.what], [1, 'failed']);
  });
});
