import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import { consolidate, envelopeOf } from '../../../../src/coordinator/projections/envelope.ts';
import { projectMetadata } from '../../../../src/coordinator/projections/project-metadata.ts';
import type { RunState } from '../../../../src/coordinator/run/state/state.ts';
import type { RunEventBody } from '../../../../src/coordinator/schema/events.ts';
import type { PlannedTask } from '../../../../src/coordinator/schema/run-spec.ts';
import type { FailureReason } from '../../../../src/shared/failure.ts';
import { outcome } from '../../../support/coordinator/outcomes.ts';
import { agentPlan, keyOf, plannedTask, runPlan } from '../../../support/coordinator/plans.ts';
import { recordedRun } from '../../../support/coordinator/recorded-run.ts';
import { agentResult, someResult } from '../../../support/coordinator/results.ts';

const files = {
  of: ({ planned }: { readonly planned: PlannedTask }) => ({
    logs: [`${planned.id}/output.log`],
    directory: null,
  }),
  report: null,
};

/** Fails for good at once. */
const once = (id: string): PlannedTask =>
  plannedTask(id, { agents: [agentPlan('claude', { maxRetries: 0 })] });

function launched(id: string): RunEventBody {
  return { type: 'attempt.requested', task: keyOf(id), attempt: 1, choice: 0 };
}

function ended(id: string, failure: FailureReason | null): RunEventBody[] {
  const attempt = { task: keyOf(id), attempt: 1 };
  const evidence = [{ kind: 'exit' as const, ok: true, detail: 'It ended with exit code 0.' }];
  return [
    { type: 'attempt.ended', ...attempt, offset: 1, outcome: outcome(failure), jitter: 0 },
    { type: 'evidence.checked', ...attempt, evidence, files: [`src/${id}.ts`] },
  ];
}

/** The metadata without what depends on when something happened. */
function timeless(run: RunState): string {
  const { results, seq, ...rest } = projectMetadata(run, files);
  assert.ok(seq > 0);
  const plain = results.map((result) => ({ ...result, started_at: 0, completed_at: 0 }));
  return JSON.stringify({ ...rest, results: plain }, undefined, 2);
}

const IDS = ['T10', 'T1', 'T2', 'T9'] as const;
const outcomes = fc.record({
  failure: fc.constantFrom<(FailureReason | null)[]>(null, null, 'denied', 'invalid'),
  result: fc.option(someResult),
});

describe('the envelope of a task', () => {
  it('gives the same bytes but for times, in whatever order the tasks end', () => {
    fc.assert(
      fc.property(
        fc.tuple(outcomes, outcomes, outcomes, outcomes),
        fc.shuffledSubarray([...IDS], { minLength: IDS.length }),
        (chosen, order) => {
          const plan = runPlan(IDS.map(once));
          const happened = (id: (typeof IDS)[number]): RunEventBody[] => {
            const outcome = chosen[IDS.indexOf(id)];
            const result = outcome?.result ?? null;
            const left = { type: 'result.received' as const, task: keyOf(id), attempt: 1 };
            return [
              ...(result === null ? [] : [{ ...left, result }]),
              ...ended(id, outcome?.failure ?? null),
            ];
          };
          const tell = (ids: readonly (typeof IDS)[number][]): string =>
            timeless(recordedRun(plan, [...IDS.map(launched), ...ids.flatMap(happened)]));
          assert.equal(tell(order), tell(IDS));
        },
      ),
    );
  });

  it('is there for every task that counts, and for no other', () => {
    const plan = runPlan([
      once('T10'),
      once('T2'),
      plannedTask('T3', { after: ['T10'] }),
      plannedTask('T4', { excluded: '[x]' }),
    ]);
    const run = recordedRun(plan, [launched('T10'), ...ended('T10', 'denied')]);
    const { results, ...counts } = consolidate(run, files.of);
    assert.deepEqual(counts, {
      total: 3,
      ok: 0,
      failed: 1,
      blocked: 1,
      cancelled: 0,
      units: ['T2', 'T3', 'T10'],
    });
    assert.deepEqual(
      results.map(({ unit, status, ok }) => [unit, status, ok]),
      [
        ['T2', 'pending', false],
        ['T3', 'blocked', false],
        ['T10', 'failed', false],
      ],
    );
  });

  it('says with a code why a task failed, and what to do', () => {
    const run = recordedRun(runPlan([once('T1')]), [launched('T1'), ...ended('T1', 'denied')]);
    const record = run.tasks.get(keyOf('T1'));
    assert.ok(record);
    assert.deepEqual(envelopeOf(run, record, files.of).failure, {
      code: 'denied',
      message: 'It was denied Bash.',
      remedy: null,
    });
  });

  it('takes the summary of its result before the last words of its agent, and nothing for success', () => {
    const left = agentResult({ summary: 'All done!', artifacts: { status: 'completed' } });
    const run = recordedRun(runPlan([once('T1')]), [
      launched('T1'),
      { type: 'result.received', task: keyOf('T1'), attempt: 1, result: left },
      ...ended('T1', 'invalid'),
    ]);
    const record = run.tasks.get(keyOf('T1'));
    assert.ok(record);
    const { summary, artifacts, ok } = envelopeOf(run, record, files.of);
    assert.deepEqual([summary, artifacts.named, ok], ['All done!', { status: 'completed' }, false]);
  });
});
