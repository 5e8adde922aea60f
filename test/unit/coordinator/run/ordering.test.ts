import { strict as assert } from 'node:assert';
import { agentPlan, plannedTask, runPlan } from '../../../support/coordinator/plans.ts';
import { launchedRun } from '../../../support/coordinator/rehearsal.ts';

const one = { maxConcurrent: 1 };
const codex = [agentPlan('codex')];

describe('the order of launches', () => {
  it('never has more live than the limit, and hands a freed slot over directly', () => {
    const run = launchedRun(runPlan(['T1', 'T2', 'T3', 'T4'], { maxConcurrent: 2 }));
    assert.deepEqual(run.live(), ['T1', 'T2']);
    run.completes('T2');
    assert.deepEqual(run.launched(), ['T3']);
    assert.deepEqual(run.live(), ['T1', 'T3']);
  });

  it('keeps the slot of a task whose evidence is being checked', () => {
    const run = launchedRun(runPlan(['T1', 'T2'], one)).ends('T1', null);
    assert.deepEqual(run.live(), ['T1']);
    run.proves('T1');
    assert.deepEqual(run.live(), ['T2']);
  });

  it('shares the limit among all agents', () => {
    const tasks = [
      'T1',
      plannedTask('T2', { agents: codex }),
      plannedTask('T3', { agents: codex }),
    ];
    assert.deepEqual(launchedRun(runPlan(tasks, { maxConcurrent: 2 })).live(), ['T1', 'T2']);
  });

  it('makes no barrier of waves: a task starts once its own dependencies are done', () => {
    const run = launchedRun(
      runPlan([
        'T1',
        'T2',
        plannedTask('T3', { after: ['T1'] }),
        plannedTask('T4', { after: ['T2'] }),
      ]),
    );
    run.completes('T1');
    assert.deepEqual(run.launched(), ['T3']);
    run.completes('T3');
    assert.equal(run.kind('T2'), 'running');
    assert.equal(run.kind('T4'), 'waiting');
  });

  it('waits for every dependency, the evidence included', () => {
    const run = launchedRun(runPlan(['T1', 'T2', plannedTask('T3', { after: ['T1', 'T2'] })]));
    run.completes('T1').ends('T2', null);
    assert.equal(run.kind('T3'), 'waiting');
    run.proves('T2');
    assert.equal(run.kind('T3'), 'running');
  });

  it('puts the more urgent priority before the longer path', () => {
    const run = launchedRun(
      runPlan([plannedTask('T1', { estimateMs: 900 }), plannedTask('T2', { priority: 1 })], one),
    );
    assert.deepEqual(run.live(), ['T2']);
  });

  it('puts the longest remaining path before the order of the source', () => {
    const tasks = ['T1', 'T2', plannedTask('T3', { after: ['T2'] })];
    assert.deepEqual(launchedRun(runPlan(tasks, one)).live(), ['T2']);
  });

  it('keeps the order of the source among equals', () => {
    const run = launchedRun(runPlan(['T9', 'T1', 'T5'], one));
    assert.deepEqual(run.live(), ['T9']);
    assert.deepEqual(run.completes('T9').live(), ['T1']);
    assert.deepEqual(run.completes('T1').live(), ['T5']);
  });

  it('compares the first tasks of different agents by the same rule', () => {
    const urgent = plannedTask('T2', { agents: codex, priority: 0 });
    const usual = plannedTask('T3', { agents: codex });
    const run = launchedRun(runPlan(['T1', urgent, usual], one));
    assert.deepEqual(run.live(), ['T2']);
    assert.deepEqual(run.completes('T2').live(), ['T1']);
  });
});

describe('a sequential group', () => {
  const sequential = { sequential: true, maxConcurrent: 4 };

  it('runs one task at a time in the order of its source, whatever is more urgent', () => {
    const run = launchedRun(
      runPlan(
        [
          'T1',
          plannedTask('T2', { priority: 0, agents: codex }),
          plannedTask('T3', { estimateMs: 900 }),
        ],
        sequential,
      ),
    );
    assert.deepEqual(run.live(), ['T1']);
    assert.deepEqual(run.completes('T1').live(), ['T2']);
    assert.deepEqual(run.completes('T2').live(), ['T3']);
  });

  it('lets no later task overtake one that is about to be tried again', () => {
    const run = launchedRun(runPlan(['T1', 'T2'], sequential)).ends('T1', 'timeout');
    assert.deepEqual(run.live(), []);
    assert.deepEqual(run.wakes(500).live(), ['T1']);
    assert.deepEqual(run.completes('T1').live(), ['T2']);
  });

  it('goes on after a task that failed', () => {
    const run = launchedRun(runPlan(['T1', 'T2'], sequential)).ends('T1', 'denied');
    assert.deepEqual(run.live(), ['T2']);
  });

  it('starts what a task depends on before it, although it comes later in the source', () => {
    const run = launchedRun(runPlan([plannedTask('T1', { after: ['T2'] }), 'T2'], sequential));
    assert.deepEqual(run.live(), ['T2']);
    assert.deepEqual(run.completes('T2').live(), ['T1']);
  });
});
