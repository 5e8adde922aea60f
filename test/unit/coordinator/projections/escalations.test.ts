import { strict as assert } from 'node:assert';
import {
  escalationSentence,
  escalationsOf,
  together,
} from '../../../../src/coordinator/projections/escalations.ts';
import type { FailureReason } from '../../../../src/shared/failure.ts';
import { asRunId } from '../../../../src/shared/ids.ts';
import { FAILURES } from '../../../support/coordinator/outcomes.ts';
import { agentPlan, plannedTask, runPlan } from '../../../support/coordinator/plans.ts';
import { launchedRun, type Rehearsal } from '../../../support/coordinator/rehearsal.ts';

/** Every cause that the journal of a run has a person to be told of. */
function causesIn({ run, journal }: Rehearsal) {
  return together(journal.flatMap(({ event }) => escalationsOf(run, event)));
}

function sentencesIn(rehearsal: Rehearsal): string[] {
  return causesIn(rehearsal).map(escalationSentence);
}

const unskilled = (id: string) =>
  plannedTask(id, { agents: [], code: 'NO_AGENT_TYPE', refusal: 'There is no agent "nobody".' });

describe('what a person is told of in a run', () => {
  const told: readonly FailureReason[] = [
    'authentication',
    'not_started',
    'denied',
    'invalid',
    'rejected',
  ];
  for (const reason of told) {
    it(`is a failure that only they can mend: ${reason}`, () => {
      const run = launchedRun(runPlan(['T1'])).ends('T1', reason);
      assert.deepEqual(sentencesIn(run), [`T1 needs you: ${FAILURES[reason].message}`]);
    });
  }

  const silent: readonly FailureReason[] = [
    'exit',
    'signal',
    'timeout',
    'protocol',
    'dropped',
    'throttled',
    'interrupted',
  ];
  for (const reason of silent) {
    it(`is no failure that may pass by itself: ${reason}`, () => {
      const run = launchedRun(runPlan(['T1'])).ends('T1', reason);
      assert.deepEqual(sentencesIn(run), []);
    });
  }

  it('is put together where several tasks have the same cause', () => {
    const run = launchedRun(runPlan(['T1', 'T2', 'T3']));
    for (const id of ['T1', 'T2', 'T3']) {
      run.ends(id, 'authentication');
    }
    const [all, ...others] = causesIn(run).filter(({ kind }) => kind === 'tasks');
    assert.ok(all);
    assert.deepEqual(others, []);
    assert.equal(escalationSentence(all), '3 tasks need you: Not signed in.');
  });

  it('is told for each agent that is not signed in', () => {
    const agents = [agentPlan('codex')];
    const plan = runPlan(['T1', plannedTask('T2', { agents })]);
    const run = launchedRun(plan).ends('T1', 'authentication').ends('T2', 'authentication');
    assert.deepEqual(
      causesIn(run).map(({ agent }) => agent),
      ['claude', 'codex'],
    );
  });

  it('is told although another agent takes the task over', () => {
    const agents = [agentPlan('claude'), agentPlan('codex')];
    const run = launchedRun(runPlan([plannedTask('T1', { agents })])).ends('T1', 'authentication');
    assert.equal(run.kind('T1'), 'running');
    assert.deepEqual(sentencesIn(run), ['T1 needs you: Not signed in.']);
  });

  it('is the same cause however often it is met in a run, and another one in the next run', () => {
    const causes = (run: string) =>
      causesIn(
        launchedRun(runPlan(['T1', 'T2'], { run: asRunId(run) }))
          .ends('T1', 'authentication')
          .ends('T2', 'authentication'),
      ).map(({ cause }) => cause);
    const [first, ...others] = causes('20260101T000000Z-aaaaaa');
    assert.deepEqual(others, []);
    assert.notDeepEqual(causes('20260101T000000Z-bbbbbb'), [first]);
  });

  it('is a task that no agent could take, told once the run begins', () => {
    const run = launchedRun(runPlan([unskilled('T1'), unskilled('T2'), 'T3']));
    assert.deepEqual(sentencesIn(run), ['2 tasks need you: There is no agent "nobody".']);
  });

  it('is a breaker that opened, told once while it stays open', () => {
    const run = launchedRun(
      runPlan(['T1', 'T2', 'T3'], { breaker: { failures: 3, cooldownMs: 1 } }),
    );
    for (const id of ['T1', 'T2', 'T3']) {
      run.ends(id, 'protocol');
    }
    const causes = causesIn(run);
    assert.deepEqual(
      causes.map(({ kind, agent }) => [kind, agent]),
      [['breaker', 'claude']],
    );
    assert.match(
      escalationSentence(causes[0] ?? assert.fail()),
      /^auth: claude failed again and again/,
    );
  });

  it('is a budget that stopped the run, not each of the tasks that it stopped', () => {
    const plan = runPlan(['T1', 'T2', 'T3'], {
      maxConcurrent: 2,
      budget: { maxCostUsd: 5, maxTokens: null },
    });
    const usage = { inputTokens: 1, outputTokens: 1, costUsd: 6 };
    const run = launchedRun(plan);
    run.happens({
      type: 'attempt.progress',
      task: run.task('T1').planned.key,
      attempt: 1,
      offset: 1,
      step: null,
      needsYou: null,
      throttledUntil: null,
      usage,
    });
    const causes = causesIn(run.ends('T2', 'cancelled'));
    assert.deepEqual(
      causes.map(({ kind, tasks }) => [kind, tasks.length]),
      [['budget', 0]],
    );
    assert.match(
      escalationSentence(causes[0] ?? assert.fail()),
      /^auth: .*budget of \$5.* is spent/,
    );
  });

  it('is nothing that they stopped themselves', () => {
    const run = launchedRun(runPlan(['T1']))
      .cancels('T1')
      .ends('T1', 'authentication');
    assert.deepEqual(sentencesIn(run), []);
  });
});
