import { strict as assert } from 'node:assert';
import { decide } from '../../../../src/coordinator/run/decide.ts';
import { begin, evolve, replay } from '../../../../src/coordinator/run/evolve.ts';
import { FORMAT } from '../../../../src/coordinator/schema/format.ts';
import { asAgentId } from '../../../../src/shared/ids.ts';
import { agentPlan, plannedTask, runPlan } from '../../../support/coordinator/plans.ts';
import { projectState } from '../../../support/coordinator/projection.ts';
import { launchedRun, Rehearsal, START } from '../../../support/coordinator/rehearsal.ts';

const plan = runPlan(['T1', 'T2'], { maxConcurrent: 1 });

describe('a journal', () => {
  it('begins with the start of its run, and is no run otherwise', () => {
    assert.equal(begin({ v: FORMAT, seq: 1, at: START, event: { type: 'wake' } }), null);
    assert.equal(replay([{ v: FORMAT, seq: 1, at: START, event: { type: 'wake' } }]), null);
    assert.equal(replay([]), null);
    const run = begin({ v: FORMAT, seq: 1, at: START, event: { type: 'run.started', plan } });
    assert.deepEqual([run?.seq, run?.startedAt, run?.now], [1, START, START]);
  });

  it('leads to the same state whenever it is replayed', () => {
    const run = launchedRun(plan).ends('T1', 'throttled').wakes(20_000).completes('T1');
    const replayed = replay(run.journal);
    assert.ok(replayed);
    assert.equal(projectState(replayed), projectState(run.run));
  });

  it('says which of its agents a task was launched with', () => {
    const agents = [agentPlan('claude'), agentPlan('codex')];
    const { journal } = launchedRun(runPlan([plannedTask('T1', { agents })]));
    const chosen = journal.map((line) =>
      line.event.type === 'attempt.requested'
        ? { ...line, event: { ...line.event, choice: 1 } }
        : line,
    );
    const run = replay(chosen);
    assert.equal(run?.order[0]?.choice, 1);
    assert.equal(run.windows.get(asAgentId('codex'))?.live, 1);
  });

  it('never takes time back', () => {
    const run = launchedRun(plan).wakes(100);
    evolve(run.run, { v: FORMAT, seq: 99, at: START - 1, event: { type: 'wake' } });
    assert.deepEqual([run.run.seq, run.run.now], [99, START + 100]);
  });

  it('remembers who took the run over, what warned, and that the plan was edited', () => {
    const run = launchedRun(plan);
    const coordinator = { pid: 7, start: null, host: 'here', boot: null };
    run
      .happens({ type: 'run.resumed', epoch: 3, coordinator })
      .happens({ type: 'warning', message: 'Almost full.' })
      .happens({ type: 'plan.changed', hash: 'd4e5f6', detail: 'T9 was added.' });
    const { epoch, warnings, planChanges } = run.run;
    assert.deepEqual([epoch, warnings, planChanges], [3, ['Almost full.'], 1]);
    assert.deepEqual(run.kinds(), ['running', 'ready']);
  });
});

describe('deciding', () => {
  it('changes nothing, not even what nobody can see', () => {
    const { journal } = launchedRun(plan);
    const launch = journal.findIndex(({ event }) => event.type === 'attempt.requested');
    const run = replay(journal.slice(0, launch));
    assert.ok(run);
    const before = projectState(run);
    assert.equal(decide(run).action?.type, 'attempt.requested');
    assert.deepEqual(decide(run), decide(run));
    assert.equal(projectState(run), before);
  });

  it('asks for a wake-up only where time alone can change something', () => {
    assert.equal(new Rehearsal(plan).wakeAt, null);
    assert.equal(launchedRun(plan).wakeAt, null);
    assert.equal(launchedRun(plan).ends('T1', 'timeout').wakeAt, START + 500);
  });

  it('rests once the run has ended', () => {
    const run = new Rehearsal(runPlan([], { tests: null })).checks('refresh');
    assert.deepEqual(decide(run.run), { action: null, wakeAt: null });
  });
});
