import { strict as assert } from 'node:assert';
import { consolidate } from '../../../../src/coordinator/projections/envelope.ts';
import { writeReport } from '../../../../src/coordinator/projections/write-report.ts';
import type { LaunchSpec } from '../../../../src/coordinator/schema/run-spec.ts';
import type { Usage } from '../../../../src/shared/view-models/group-views.ts';
import { outcome } from '../../../support/coordinator/outcomes.ts';
import { agentPlan, keyOf, plannedTask, runPlan } from '../../../support/coordinator/plans.ts';
import { recordedRun } from '../../../support/coordinator/recorded-run.ts';
import { agentResult } from '../../../support/coordinator/results.ts';

const forged = '|x|\n# Not ours\u2028<b>[link](command:x)';
const run = recordedRun(
  runPlan([
    plannedTask('T1', { title: forged, agents: [agentPlan('claude', { maxRetries: 0 })] }),
    plannedTask('T2', { after: ['T1'] }),
  ]),
  [
    { type: 'attempt.requested', task: keyOf('T1'), attempt: 1, choice: 0 },
    {
      type: 'result.received',
      task: keyOf('T1'),
      attempt: 1,
      result: agentResult({ summary: forged, artifacts: { [forged]: forged } }),
    },
    {
      type: 'attempt.ended',
      task: keyOf('T1'),
      attempt: 1,
      offset: 1,
      outcome: outcome('denied'),
      jitter: 0,
    },
    { type: 'run.ended', status: 'failed', exitCode: 1 },
  ],
);
const whole = consolidate(run, () => ({ logs: [], directory: null }));
const report = writeReport(run, whole, {
  filesOf: () => ['t1/files/a b>.txt'],
  notesOf: () => ['There is no patch.'],
});

/** The report of a run whose only attempt used this, at that price. */
function reportOf(usage: Usage | null, price: LaunchSpec['price'] = null): string {
  const agents = [agentPlan('codex', { price, maxRetries: 0 })];
  const used = recordedRun(runPlan([plannedTask('T1', { agents })]), [
    { type: 'attempt.requested', task: keyOf('T1'), attempt: 1, choice: 0 },
    {
      type: 'attempt.ended',
      task: keyOf('T1'),
      attempt: 1,
      offset: 1,
      outcome: { ...outcome('denied'), usage },
      jitter: 0,
    },
  ]);
  const all = consolidate(used, () => ({ logs: [], directory: null }));
  return writeReport(used, all, { filesOf: () => [], notesOf: () => [] });
}

describe('the report of a run', () => {
  it('says what was used, and of a cost whether it is estimated', () => {
    const usage = { inputTokens: 12_000, outputTokens: 500, costUsd: null };
    const price = { inputPerMTok: 10, outputPerMTok: 40 };
    assert.doesNotMatch(reportOf(null), /^Used/m);
    assert.match(reportOf(usage), /^Used: 12,000 tokens in, 500 out\.$/m);
    assert.match(reportOf({ ...usage, costUsd: 0.5 }, price), /500 out, \$0\.50\.$/m);
    assert.match(reportOf(usage, price), /500 out, \$0\.14 \(estimated\)\.$/m);
  });

  it('says how the run ended, why tasks failed, and what was collected', () => {
    assert.match(report, /^# auth: failed$/m);
    assert.match(report, /^0 of 2 tasks proven, 1 failed, 1 blocked\./m);
    assert.match(report, /^- Failed \(denied\): It was denied Bash\.$/m);
    assert.match(report, /^- There is no patch\.$/m);
    assert.match(report, /^- \[t1\/files\/a b\\>\.txt\]\(<t1\/files\/a%20b%3E\.txt>\)$/m);
  });

  it('has a section for what ran, and a row for everything', () => {
    assert.deepEqual(
      report.match(/^## .*$/gm)?.map((heading) => heading.slice(0, 12)),
      ['## Problems', '## T1 \\|x\\| '],
    );
    assert.equal(report.match(/^\| T\d /gm)?.length, 2);
  });

  it('has no heading, cell, link or tag but ours, whatever tasks and agents say', () => {
    assert.deepEqual(report.match(/^# .*$/gm), ['# auth: failed']);
    assert.doesNotMatch(report, /(?<!\\)<b>|(?<!\\)\[link/);
    for (const row of report.match(/^\| .*$/gm) ?? []) {
      assert.equal(row.replaceAll('\\|', '').split('|').length, 8, row);
    }
  });
});
