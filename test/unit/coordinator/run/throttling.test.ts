import { strict as assert } from 'node:assert';
import { unavailabilityOf } from '../../../../src/coordinator/run/agents/unavailability.ts';
import type { ProviderWindow } from '../../../../src/coordinator/run/state/agent-state.ts';
import type { PlannedTask } from '../../../../src/coordinator/schema/run-spec.ts';
import { asAgentId } from '../../../../src/shared/ids.ts';
import { agentPlan, plannedTask, runPlan } from '../../../support/coordinator/plans.ts';
import { launchedRun, type Rehearsal, START } from '../../../support/coordinator/rehearsal.ts';

const ids = (count: number): string[] => Array.from({ length: count }, (_, n) => `T${n + 1}`);
const claude = ({ run }: Rehearsal): ProviderWindow | undefined => run.windows.get('claude');

describe('throttling', () => {
  it('waits as long as the provider told and uses up no retry', () => {
    const run = launchedRun(runPlan(['T1'])).ends('T1', 'throttled');
    assert.deepEqual(run.task('T1').state, {
      kind: 'held',
      until: START + 20_000,
      why: 'throttled',
    });
    assert.equal(run.task('T1').retries, 0);
    assert.equal(run.task('T1').throttles, 1);
    assert.equal(run.wakes(19_999).kind('T1'), 'held');
    assert.equal(run.wakes(1).kind('T1'), 'running');
  });

  it('halves what the agent may have at once, down to one', () => {
    const run = launchedRun(runPlan(ids(9), { maxConcurrent: 8 }));
    run.ends('T1', 'throttled');
    assert.equal(claude(run)?.limit, 4);
    for (const id of ids(8).slice(1)) {
      run.ends(id, 'throttled');
    }
    assert.equal(claude(run)?.limit, 1);
    run.wakes(20_000);
    assert.deepEqual(run.live(), ['T1']);
  });

  it('starts nothing else of that agent before the time is over', () => {
    const run = launchedRun(runPlan(ids(3), { maxConcurrent: 1 })).ends('T1', 'throttled');
    assert.deepEqual(run.live(), []);
    assert.equal(run.wakeAt, START + 20_000);
    assert.deepEqual(run.wakes(20_000).live(), ['T1']);
  });

  it('wakes for the other tasks although the throttled one is gone', () => {
    const run = launchedRun(runPlan(ids(2), { maxConcurrent: 1 })).ends('T1', 'throttled');
    run.cancels('T1');
    assert.equal(run.wakeAt, START + 20_000);
    assert.deepEqual(run.wakes(20_000).live(), ['T2']);
  });

  it('wakes nobody where no task waits for that agent any more', () => {
    const run = launchedRun(runPlan(ids(2), { maxConcurrent: 2 })).ends('T1', 'throttled');
    assert.equal(run.cancels('T1').wakeAt, null);
  });

  it('keeps to the longest of several waits', () => {
    const run = launchedRun(runPlan(ids(3), { maxConcurrent: 2 }));
    run.ends('T1', { reason: 'throttled', retryAfterMs: 60_000, message: 'Later.' });
    run.ends('T2', 'throttled');
    assert.equal(claude(run)?.closedUntil, START + 60_000);
    assert.deepEqual(run.wakes(20_000).live(), []);
    assert.deepEqual(run.wakes(40_000).live(), ['T1']);
  });

  it('does not disturb what runs, nor other agents', () => {
    const run = launchedRun(
      runPlan(['T1', 'T2', plannedTask('T3', { agents: [agentPlan('codex')] }), 'T4'], {
        maxConcurrent: 2,
      }),
    );
    run.ends('T1', 'throttled');
    assert.deepEqual(run.live(), ['T2', 'T3']);
  });

  it('holds back new launches until fewer are live than the narrowed window allows', () => {
    const run = launchedRun(runPlan(ids(8), { maxConcurrent: 4 })).ends('T1', 'throttled');
    run.wakes(20_000);
    assert.deepEqual(run.live(), ['T2', 'T3', 'T4']);
    run.ends('T2', 'denied').ends('T3', 'denied');
    assert.deepEqual(run.live(), ['T1', 'T4']);
  });

  it('is forgiven by one place for a whole window of successes, up to the run’s own limit', () => {
    const run = launchedRun(runPlan(ids(16), { maxConcurrent: 4 })).ends('T1', 'throttled');
    run.wakes(20_000);
    const limits = Array.from({ length: 9 }, () => {
      run.completes(run.live()[0] ?? '');
      return claude(run)?.limit;
    });
    assert.deepEqual(limits, [2, 3, 3, 3, 4, 4, 4, 4, 4]);
    assert.equal(run.live().length, 4);
  });

  it('counts successes anew after another refusal', () => {
    const run = launchedRun(runPlan(ids(9), { maxConcurrent: 4 })).ends('T1', 'throttled');
    run.wakes(20_000).completes('T2').ends('T3', 'throttled').wakes(20_000);
    assert.equal(claude(run)?.limit, 1);
    run.completes(run.live()[0] ?? '');
    assert.equal(claude(run)?.limit, 2);
  });

  it('is shared by all agents of a provider', () => {
    const agent = (name: string): Partial<PlannedTask> => ({
      agents: [agentPlan(name, { provider: 'anthropic' })],
    });
    const tasks = ['claude', 'mine', 'mine'].map((name, n) =>
      plannedTask(`T${n + 1}`, agent(name)),
    );
    const run = launchedRun(
      runPlan([...tasks, plannedTask('T4', { agents: [agentPlan('codex')] })], {
        maxConcurrent: 2,
      }),
    );
    run.ends('T1', 'throttled');
    assert.deepEqual(run.live(), ['T2', 'T4']);
    run.ends('T2', 'denied');
    assert.deepEqual(run.live(), ['T4']);
    assert.deepEqual(unavailabilityOf(run.run, asAgentId('mine')), {
      kind: 'throttled',
      provider: 'anthropic',
      until: START + 20_000,
    });
    run.wakes(20_000);
    assert.deepEqual(run.live(), ['T1', 'T4']);
  });

  it('keeps to what the provider told another run', () => {
    const run = launchedRun(runPlan(ids(2), { maxConcurrent: 1 }));
    run.happens({ type: 'provider.throttled_elsewhere', provider: 'claude', until: START + 5000 });
    run.happens({ type: 'provider.throttled_elsewhere', provider: 'unknown', until: START + 9000 });
    run.ends('T1', 'denied');
    assert.deepEqual(run.live(), []);
    assert.equal(run.wakeAt, START + 5000);
    assert.deepEqual(run.wakes(5000).live(), ['T2']);
    assert.equal(claude(run)?.limit, 1);
  });

  it('goes on with another agent where a provider never stops to refuse', () => {
    const agents = [agentPlan('claude'), agentPlan('codex')];
    const run = launchedRun(runPlan([plannedTask('T1', { agents })]));
    for (let time = 0; time < 51; time += 1) {
      run.ends('T1', 'throttled').wakes(20_000);
    }
    assert.equal(run.task('T1').choice, 1);
    assert.equal(run.kind('T1'), 'running');
  });

  it('counts refusals in a row: a success of the provider between them starts anew', () => {
    const run = launchedRun(runPlan(ids(2), { maxConcurrent: 1 }));
    for (let time = 0; time < 49; time += 1) {
      run.ends('T1', 'throttled').wakes(20_000);
    }
    run.ends('T1', { reason: 'throttled', retryAfterMs: 0, message: 'Again.' });
    assert.deepEqual(run.live(), ['T2']);
    run.completes('T2').ends('T1', 'throttled').wakes(20_000);
    assert.equal(run.kind('T1'), 'running');
    assert.equal(run.task('T1').throttles, 51);
  });

  it('fails the task of a provider that never stops to refuse', () => {
    const run = launchedRun(runPlan(['T1']));
    for (let time = 0; time < 50; time += 1) {
      run.ends('T1', 'throttled').wakes(20_000);
      assert.equal(run.kind('T1'), 'running');
    }
    assert.equal(run.ends('T1', 'throttled').kind('T1'), 'failed');
  });

  it('cancels instead of waiting where a person has asked for it', () => {
    const run = launchedRun(runPlan(['T1']))
      .cancels('T1')
      .ends('T1', 'throttled');
    assert.equal(run.kind('T1'), 'cancelled');
    assert.equal(claude(run)?.closedUntil, 0);
  });
});
