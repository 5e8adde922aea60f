import { strict as assert } from 'node:assert';
import {
  breakerChanges,
  breakerOf,
  breakersOf,
  type BreakerView,
} from '../../../../../src/coordinator/run/agents/breaker.ts';
import { unavailabilityOf } from '../../../../../src/coordinator/run/agents/unavailability.ts';
import type { PlannedTask } from '../../../../../src/coordinator/schema/run-spec.ts';
import type { FailureReason } from '../../../../../src/shared/failure.ts';
import { asAgentId } from '../../../../../src/shared/ids.ts';
import { agentPlan, plannedTask, runPlan } from '../../../../support/coordinator/plans.ts';
import { launchedRun, Rehearsal, START } from '../../../../support/coordinator/rehearsal.ts';

const CLAUDE = asAgentId('claude');
const COOLDOWN = 60_000;

/** Tasks of these agents, without retries: first choice, then the fallbacks. */
function task(id: string, ...names: string[]): PlannedTask {
  const agents = names.map((name) => agentPlan(name, { maxRetries: 0 }));
  return plannedTask(id, { agents });
}

const tasks = (count: number, ...names: string[]): PlannedTask[] =>
  Array.from({ length: count }, (_, n) => task(`T${n + 1}`, ...names));

/** Claude has failed three tasks in a row; two more wait for it. */
function opened(): Rehearsal {
  const run = launchedRun(runPlan(tasks(5, 'claude'), { maxConcurrent: 1 }));
  return run.ends('T1', 'exit').ends('T2', 'dropped').ends('T3', 'timeout');
}

const claude = ({ run }: Rehearsal): BreakerView => breakerOf(run, CLAUDE);
const stateOf = (run: Rehearsal): string => claude(run).state;

describe('the breaker of an agent', () => {
  it('opens after three failures in a row, and nothing is launched for the agent', () => {
    const run = launchedRun(runPlan(tasks(5, 'claude'), { maxConcurrent: 1 }));
    run.ends('T1', 'exit').ends('T2', 'exit');
    assert.equal(stateOf(run), 'closed');
    run.ends('T3', 'protocol');
    assert.deepEqual(claude(run), {
      agent: 'claude',
      state: 'open',
      until: START + COOLDOWN,
      failures: 3,
      reason: 'It ended without its last word.',
      trial: null,
    });
    assert.deepEqual(run.live(), []);
    assert.equal(run.wakeAt, START + COOLDOWN);
    assert.deepEqual(unavailabilityOf(run.run, CLAUDE), {
      kind: 'breaker',
      agent: 'claude',
      until: START + COOLDOWN,
    });
  });

  it('stays closed while all failures are of one task', () => {
    const agents = [agentPlan('claude', { maxRetries: 9 })];
    const run = launchedRun(runPlan([plannedTask('T1', { agents }), 'T2'], { maxConcurrent: 1 }));
    for (const wait of [500, 1000, 2000, 4000]) {
      run.cancels('T2').ends('T1', 'timeout').wakes(wait);
    }
    assert.equal(stateOf(run), 'closed');
    assert.equal(claude(run).failures, 4);
  });

  it('starts to count anew after a success', () => {
    const run = launchedRun(runPlan(tasks(9, 'claude'), { maxConcurrent: 1 }));
    run.ends('T1', 'exit').ends('T2', 'exit').completes('T3').ends('T4', 'exit').ends('T5', 'exit');
    assert.equal(stateOf(run), 'closed');
  });

  const others: FailureReason[] = ['denied', 'invalid', 'throttled', 'interrupted', 'cancelled'];
  for (const reason of others) {
    it(`is not opened by ${reason}`, () => {
      const run = launchedRun(runPlan(tasks(5, 'claude'), { maxConcurrent: 5 }));
      for (const id of ['T1', 'T2', 'T3', 'T4', 'T5']) {
        run.ends(id, reason);
      }
      assert.deepEqual([stateOf(run), claude(run).failures], ['closed', 0]);
    });
  }

  it('is not opened by tasks without evidence, nor by their own commands', () => {
    const run = launchedRun(
      runPlan([...tasks(3, 'claude'), ...['A', 'B', 'C'].map((id) => task(id, 'run'))], {
        maxConcurrent: 6,
      }),
    );
    for (const id of ['T1', 'T2', 'T3']) {
      run.ends(id, null).proves(id, false);
    }
    for (const id of ['A', 'B', 'C']) {
      run.ends(id, 'exit');
    }
    assert.equal(stateOf(run), 'closed');
    assert.equal(breakerOf(run.run, asAgentId('run')).failures, 0);
  });

  it('lets exactly one attempt try the agent after its cooldown', () => {
    const run = opened().wakes(COOLDOWN - 1);
    assert.deepEqual(run.live(), []);
    assert.deepEqual(run.wakes(1).live(), ['T4']);
    assert.deepEqual([stateOf(run), claude(run).trial], ['half_open', run.task('T4').planned.key]);
    assert.equal(run.wakeAt, null);
  });

  it('closes when the trial succeeds, and the others go on', () => {
    const run = opened().wakes(COOLDOWN).ends('T4', null);
    assert.deepEqual([stateOf(run), claude(run).failures], ['closed', 0]);
    assert.deepEqual(run.proves('T4').live(), ['T5']);
  });

  it('gives up who has nobody left when the trial fails', () => {
    const run = opened().wakes(COOLDOWN).ends('T4', 'exit');
    assert.deepEqual(run.kinds(), ['failed', 'failed', 'failed', 'failed', 'failed']);
    assert.deepEqual(run.task('T5').state, {
      kind: 'failed',
      failure: {
        reason: 'rejected',
        code: 'NO_AVAILABLE_AGENT',
        message:
          'claude has failed 4 times in a row, and the task has no other agent left. The last time: It ended with code 2.',
        remedy: 'Look at why claude fails, or give the task another agent, then try it again.',
      },
    });
    assert.deepEqual([stateOf(run), claude(run).until], ['open', START + 2 * COOLDOWN]);
  });

  it('sends who has a fallback there at once', () => {
    const run = launchedRun(runPlan(tasks(5, 'claude', 'codex'), { maxConcurrent: 3 }));
    run.ends('T1', 'exit').ends('T2', 'dropped').ends('T3', 'timeout');
    const choices = ['T1', 'T2', 'T3', 'T4', 'T5'].map((id) => run.task(id).choice);
    assert.deepEqual(choices, [1, 1, 1, 1, 1]);
    assert.equal(run.live().length, 3);
  });

  it('passes over fallbacks whose own breaker is open', () => {
    const openBreakers = [CLAUDE, asAgentId('codex')].map((agent) => ({
      agent,
      until: START + 9000,
    }));
    const run = launchedRun(runPlan([task('T1', 'claude', 'codex', 'mine')], { openBreakers }));
    assert.equal(run.task('T1').choice, 2);
    assert.deepEqual(run.live(), ['T1']);
  });

  it('sends who waits to a fallback as soon as that one works again', () => {
    const openBreakers = [CLAUDE, asAgentId('codex')].map((agent) => ({
      agent,
      until: START + 9000,
    }));
    const run = launchedRun(runPlan([task('T1', 'claude', 'codex')], { openBreakers }));
    assert.deepEqual(run.live(), []);
    run.happens({ type: 'breaker.synced', agent: asAgentId('codex'), until: null });
    assert.deepEqual([run.task('T1').choice, run.live()], [1, ['T1']]);
  });

  it('keeps who waits for the trial from waiting longer where a fallback works', () => {
    const plan = runPlan([task('T1', 'claude'), task('T2', 'claude', 'codex')], {
      openBreakers: [{ agent: CLAUDE, until: START - 1 }],
    });
    const run = launchedRun(plan);
    assert.deepEqual([run.task('T1').choice, run.task('T2').choice], [0, 1]);
    assert.deepEqual(run.live(), ['T1', 'T2']);
  });

  it('sends who waits to an agent that is being cooled down too, where the trial has failed', () => {
    const openBreakers = [
      { agent: CLAUDE, until: START - 1 },
      { agent: asAgentId('codex'), until: START + 9000 },
    ];
    const plan = runPlan([task('T1', 'claude'), task('T2', 'claude', 'codex')], { openBreakers });
    const run = launchedRun(plan).ends('T1', 'exit');
    assert.deepEqual(
      [run.kind('T2'), run.task('T2').choice, run.wakeAt],
      ['ready', 1, START + 9000],
    );
    assert.deepEqual(run.wakes(9000).live(), ['T2']);
  });

  for (const [how, ends] of [
    ['was stopped', (run: Rehearsal) => run.cancels('T4').ends('T4', 'cancelled')],
    ['never started', (run: Rehearsal) => run.revokes('T4')],
    ['failed by its task', (run: Rehearsal) => run.ends('T4', 'denied')],
    ['was throttled', (run: Rehearsal) => run.ends('T4', 'throttled').wakes(20_000)],
  ] as const) {
    it(`tries again with another attempt where the trial ${how}`, () => {
      const run = ends(opened().wakes(COOLDOWN));
      assert.equal(stateOf(run), 'half_open');
      assert.equal(run.live().length, 1);
      assert.equal(claude(run).trial, run.task(run.live()[0] ?? '').planned.key);
    });
  }

  it('is closed by any attempt that succeeds, also one that was launched before it opened', () => {
    const run = launchedRun(runPlan(tasks(6, 'claude'), { maxConcurrent: 4 }));
    run.ends('T1', 'exit').ends('T2', 'exit').ends('T3', 'exit');
    assert.equal(stateOf(run), 'open');
    run.ends('T4', null);
    assert.equal(stateOf(run), 'closed');
  });

  it('is not kept open longer by attempts that were launched before it opened', () => {
    const run = opened();
    const { until } = claude(run);
    const late = launchedRun(runPlan(tasks(6, 'claude'), { maxConcurrent: 4 }));
    late.ends('T1', 'exit').ends('T2', 'exit').ends('T3', 'exit').wakes(1000).ends('T4', 'exit');
    assert.deepEqual([claude(late).until, claude(late).failures], [until, 4]);
  });

  it('holds a sequential group at the task that waits for the agent', () => {
    const plan = runPlan([task('T1', 'claude'), task('T2', 'codex')], {
      sequential: true,
      openBreakers: [{ agent: CLAUDE, until: START + 9000 }],
    });
    const run = launchedRun(plan);
    assert.deepEqual([run.live(), run.wakeAt], [[], START + 9000]);
    assert.deepEqual(run.wakes(9000).live(), ['T1']);
  });

  it('follows what other runs learnt', () => {
    const run = launchedRun(runPlan(tasks(2, 'claude'), { maxConcurrent: 1 }));
    run.happens({ type: 'breaker.synced', agent: CLAUDE, until: START + 5000 });
    run.happens({ type: 'breaker.synced', agent: asAgentId('unknown'), until: START + 5000 });
    run.ends('T1', 'denied');
    assert.deepEqual([stateOf(run), run.live(), run.wakeAt], ['open', [], START + 5000]);
    run.happens({ type: 'breaker.synced', agent: CLAUDE, until: null });
    assert.deepEqual([stateOf(run), run.live()], ['closed', ['T2']]);
  });

  it('gives a fallback its own retries when those of the first agent are used up', () => {
    const agents = ['claude', 'codex'].map((name) => agentPlan(name, { maxRetries: 1 }));
    const run = launchedRun(runPlan([plannedTask('T1', { agents })]));
    run.ends('T1', 'timeout').wakes(500).ends('T1', 'timeout');
    assert.deepEqual([run.task('T1').choice, run.kind('T1')], [1, 'running']);
    run.ends('T1', 'timeout').wakes(500).ends('T1', 'timeout');
    assert.equal(run.kind('T1'), 'failed');
    assert.equal(run.task('T1').attempt, 4);
  });
});

describe('what changes about breakers', () => {
  it('is told by comparing two moments of a run', () => {
    const run = launchedRun(
      runPlan([...tasks(5, 'claude'), task('X', 'codex')], { maxConcurrent: 9 }),
    );
    const before = breakersOf(run.run);
    run.ends('T1', 'exit');
    assert.deepEqual(breakerChanges(before, breakersOf(run.run)), []);
    run.ends('T2', 'exit').ends('T3', 'exit');
    const after = breakersOf(run.run);
    assert.deepEqual(
      breakerChanges(before, after).map(({ agent, state }) => [agent, state]),
      [['claude', 'open']],
    );
    assert.deepEqual(
      breakerChanges(after, breakersOf(run.run, START + COOLDOWN)).map(({ state }) => state),
      ['half_open'],
    );
  });

  it('says of an agent that the run knows nothing of that it is closed', () => {
    const { run } = new Rehearsal(runPlan(['T1']));
    assert.equal(breakerOf(run, asAgentId('unknown')).state, 'closed');
  });
});
