import { strict as assert } from 'node:assert';
import { nudgeRefusal, takesUp } from '../../../../src/coordinator/run/resume.ts';
import type { RunSpec } from '../../../../src/coordinator/schema/run-spec.ts';
import { agentPlan, keyOf, plannedTask, runPlan } from '../../../support/coordinator/plans.ts';
import { launchedRun, type Rehearsal, START } from '../../../support/coordinator/rehearsal.ts';

const resume = { kind: 'argv' as const, argv: ['claude', '--resume', '{session}'] };
const claude = agentPlan('claude', { resume });
const used = { inputTokens: 100, outputTokens: 1, costUsd: 0.5 };

/** T2 depends on T1; both can be resumed, and one repair is allowed. */
function rehearse(changes: Partial<RunSpec> = {}, agents = [claude]): Rehearsal {
  const tasks = [plannedTask('T1', { agents }), plannedTask('T2', { agents, after: ['T1'] })];
  return launchedRun(runPlan(tasks, { repairs: 1, ...changes }));
}

const repair = {
  type: 'attempt.requested',
  task: keyOf('T1'),
  attempt: 2,
  choice: 0,
  resume: { session: 's1', why: 'repair', message: 'No file changed.' },
};

describe('a task whose evidence speaks against it', () => {
  it('is given back to its session, with what it lacks, and can then be proven', () => {
    const run = rehearse().endsIn('T1', 's1').proves('T1', false);
    assert.deepEqual(run.actions, [repair]);
    assert.equal(run.kind('T2'), 'waiting');
    run.endsIn('T1', 's1').proves('T1');
    assert.equal(run.kind('T1'), 'completed');
    assert.deepEqual(run.launched(), ['T2']);
  });

  it('uses no retry and touches no breaker by it', () => {
    const run = rehearse().endsIn('T1', 's1').proves('T1', false);
    const { retries, repairs } = run.task('T1');
    assert.deepEqual({ retries, repairs }, { retries: 0, repairs: 1 });
    assert.equal(run.run.agents.get(claude.agent)?.breaker.failures, 0);
    assert.equal(takesUp(run.task('T1'), 1), 'repair 1 of 1');
  });

  it('has failed once its repairs are used up, with what the last one lacked', () => {
    const run = rehearse().endsIn('T1', 's1').proves('T1', false);
    run.endsIn('T1', 's1').proves('T1', false);
    const { state } = run.task('T1');
    assert.equal(state.kind === 'failed' && state.failure.reason, 'no_evidence');
    assert.equal(run.kind('T2'), 'blocked');
  });

  it('is repaired as often as the run allows', () => {
    const run = rehearse({ repairs: 2 });
    for (const nth of [1, 2]) {
      run.endsIn('T1', 's1').proves('T1', false);
      assert.equal(takesUp(run.task('T1'), 2), `repair ${nth} of 2`);
    }
    assert.equal(run.endsIn('T1', 's1').proves('T1', false).kind('T1'), 'failed');
  });

  const unrepaired: readonly (readonly [string, Rehearsal])[] = [
    ['no repairs are allowed', rehearse({ repairs: 0 }).endsIn('T1', 's1')],
    ['its session is not known', rehearse().endsIn('T1', null)],
    ['its agent takes up none', rehearse({}, [agentPlan('claude')]).endsIn('T1', 's1')],
    [
      'a person worked with its agent',
      rehearse({}, [agentPlan('claude', { resume, stdin: 'terminal' })]).endsIn('T1', 's1'),
    ],
    ['the run was stopped', rehearse().endsIn('T1', 's1').cancels(null)],
    ['it was stopped itself', rehearse().endsIn('T1', 's1').cancels('T1')],
  ];
  for (const [where, run] of unrepaired) {
    it(`has failed where ${where}`, () => {
      assert.equal(run.proves('T1', false).kind('T1'), 'failed');
      assert.deepEqual(run.launched(), []);
    });
  }

  it('has failed where the budget is spent, and says that it lacks proof', () => {
    const run = rehearse({ budget: { maxCostUsd: 0.5, maxTokens: null } });
    run.endsIn('T1', 's1', used).proves('T1', false);
    const { state } = run.task('T1');
    assert.equal(state.kind === 'failed' && state.failure.reason, 'no_evidence');
  });

  it('is not repaired after its time is up', () => {
    const run = rehearse({ limits: { taskTimeoutMs: 5000, runTimeoutMs: null } });
    run.endsIn('T1', 's1').wakes(6000).proves('T1', false);
    const { state } = run.task('T1');
    assert.equal(state.kind === 'failed' && state.failure.reason, 'timeout');
  });

  it('is repaired again where the repair was revoked before it started', () => {
    const run = rehearse().endsIn('T1', 's1').proves('T1', false).revokes('T1');
    assert.deepEqual(run.actions, [{ ...repair, attempt: 3 }]);
    assert.equal(run.task('T1').repairs, 1);
  });

  it('is repaired before the suite runs', () => {
    const run = launchedRun(runPlan([plannedTask('T1', { agents: [claude] })], { repairs: 1 }));
    run.endsIn('T1', 's1').proves('T1', false);
    assert.equal(run.run.phase, 'coordination');
    assert.equal(run.run.suites.tests.state.kind, 'idle');
    run.endsIn('T1', 's1').proves('T1');
    assert.equal(run.run.suites.tests.state.kind, 'running');
  });
});

describe('a repair that fails itself', () => {
  const failing = (reason: 'exit' | 'throttled' | 'interrupted'): Rehearsal =>
    rehearse().endsIn('T1', 's1').proves('T1', false).ends('T1', reason).wakes(60_000);

  it('is answered by the table, in a session of its own', () => {
    for (const reason of ['exit', 'throttled', 'interrupted'] as const) {
      assert.deepEqual(
        failing(reason).actions,
        [{ type: 'attempt.requested', task: keyOf('T1'), attempt: 3, choice: 0 }],
        reason,
      );
    }
  });

  it('leaves none of its repairs to that session', () => {
    assert.equal(failing('exit').endsIn('T1', 's2').proves('T1', false).kind('T1'), 'failed');
  });

  it('goes to the next agent of the task in a session of its own', () => {
    const run = rehearse({}, [claude, agentPlan('codex')])
      .endsIn('T1', 's1')
      .proves('T1', false);
    run.ends('T1', 'authentication');
    assert.deepEqual(run.actions, [
      { type: 'attempt.requested', task: keyOf('T1'), attempt: 3, choice: 1 },
    ]);
  });
});

describe('what a session used', () => {
  it('is known when it is taken up, so that its figures count once', () => {
    const run = rehearse().endsIn('T1', 's1', used).proves('T1', false);
    assert.deepEqual(run.task('T1').sessionUsage, used);
    run.endsIn('T1', 's1', used);
    assert.deepEqual(run.task('T1').usage, { inputTokens: 200, outputTokens: 2, costUsd: 1 });
    assert.equal(run.run.policy.spent.tokens, 202);
  });

  it('is nothing where a session begins', () => {
    const run = rehearse().endsIn('T1', 's1', used).proves('T1', false);
    run.ends('T1', 'exit').wakes(60_000);
    assert.equal(run.task('T1').sessionUsage, null);
    assert.equal(run.task('T1').session, null);
  });
});

describe('a message to a task that is over', () => {
  it('takes its session up again, and what builds on it waits once more', () => {
    const run = rehearse({ maxConcurrent: 1 }).endsIn('T1', 's1');
    run.proves('T1').nudges('T1');
    assert.equal(run.kind('T1'), 'ready');
    run.completes('T2');
    assert.deepEqual(run.launched(), ['T1']);
    assert.deepEqual(run.task('T1').resume, {
      session: 's1',
      why: 'nudge',
      message: 'And the docs?',
    });
    assert.equal(takesUp(run.task('T1'), 1), 'follow-up');
  });

  it('holds back what had not started', () => {
    const run = launchedRun(
      runPlan(
        [
          plannedTask('T1', { agents: [claude] }),
          plannedTask('T2', { after: ['T1'] }),
          plannedTask('T0', { priority: 0 }),
        ],
        { maxConcurrent: 2 },
      ),
    ).endsIn('T1', 's1');
    run.happens({ type: 'launch_pause.changed', reason: 'too little memory' }).proves('T1');
    assert.equal(run.kind('T2'), 'ready');
    assert.equal(run.nudges('T1').kind('T2'), 'waiting');
    run.happens({ type: 'launch_pause.changed', reason: null });
    assert.deepEqual(run.launched(), ['T1']);
    assert.deepEqual(run.completes('T1').launched(), ['T2']);
  });

  it('frees what its failure had blocked', () => {
    const run = launchedRun(
      runPlan(
        [
          plannedTask('T1', { agents: [claude] }),
          plannedTask('T2', { after: ['T1'] }),
          plannedTask('T3'),
        ],
        { repairs: 0 },
      ),
    );
    run.endsIn('T1', 's1').proves('T1', false);
    assert.equal(run.kind('T2'), 'blocked');
    run.nudges('T1', 'You forgot the file.');
    assert.deepEqual(run.launched(), ['T1']);
    assert.equal(run.kind('T2'), 'waiting');
  });

  it('changes nothing, and says why, where nobody could follow it', () => {
    const going = rehearse();
    const stopped = rehearse().endsIn('T1', 's1').proves('T1').cancels(null);
    const over = launchedRun(runPlan(['T1']))
      .endsIn('T1', 's1')
      .proves('T1');
    const late = rehearse({ limits: { taskTimeoutMs: 5000, runTimeoutMs: null } });
    late.endsIn('T1', 's1').proves('T1').wakes(6000);
    const cases: readonly (readonly [Rehearsal, RegExp])[] = [
      [going, /is not over/],
      [stopped, /being stopped/],
      [over, /does not work on tasks/],
      [rehearse().endsIn('T1', null).proves('T1'), /no session/],
      [
        rehearse({}, [agentPlan('codex')])
          .endsIn('T1', 's1')
          .proves('T1'),
        /cannot take/,
      ],
      [late, /all the time/],
    ];
    for (const [run, why] of cases) {
      assert.match(nudgeRefusal(run.run, run.task('T1')) ?? '', why);
      const before = run.kinds();
      assert.deepEqual(run.nudges('T1').kinds(), before);
      assert.deepEqual(run.launched(), []);
    }
    assert.ok(late.run.now > START);
  });
});
