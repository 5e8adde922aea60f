import { strict as assert } from 'node:assert';
import { asRunId } from '../../../../src/shared/ids.ts';
import { plannedTask, runPlan } from '../../../support/coordinator/plans.ts';
import { launchedRun, Rehearsal } from '../../../support/coordinator/rehearsal.ts';

const elsewhere = { key: plannedTask('X9').key, id: 'X9', status: 'in progress' };
const earlier = asRunId('20250101T000000Z-000000');

describe('a run at its start', () => {
  it('has tasks without dependencies ready and the others waiting', () => {
    const { run } = new Rehearsal(runPlan(['T1', plannedTask('T2', { after: ['T1'] })]));
    assert.deepEqual(
      run.order.map(({ state }) => state),
      [{ kind: 'ready' }, { kind: 'waiting' }],
    );
  });

  it('counts a dependency that is named twice once', () => {
    const run = launchedRun(runPlan(['T1', plannedTask('T2', { after: ['T1', 'T1'] })]));
    run.completes('T1');
    assert.equal(run.kind('T2'), 'running');
  });

  it('waits for no dependency that is not part of it', () => {
    const run = new Rehearsal(runPlan([plannedTask('T2', { after: ['T1'] })]));
    assert.equal(run.kind('T2'), 'ready');
  });

  it('blocks a task by what is open outside, and what depends on it by its name', () => {
    const run = new Rehearsal(
      runPlan([
        plannedTask('T3', { after: ['T2'] }),
        plannedTask('T2', { after: ['T1'] }),
        plannedTask('T1', { blockedBy: [elsewhere] }),
      ]),
    );
    const { key: first } = plannedTask('T1');
    const { key: second } = plannedTask('T2');
    assert.deepEqual(run.task('T1').state, { kind: 'blocked', by: [elsewhere] });
    assert.deepEqual(run.task('T2').state, {
      kind: 'blocked',
      by: [{ key: first, id: 'T1', status: 'blocked' }],
    });
    assert.deepEqual(run.task('T3').state, {
      kind: 'blocked',
      by: [{ key: second, id: 'T2', status: 'blocked' }],
    });
  });

  it('blocks the members of a cycle and what hangs on it, naming each culprit once', () => {
    const run = launchedRun(
      runPlan([
        plannedTask('T4', { after: ['T1', 'T2'] }),
        plannedTask('T1', { after: ['T2'] }),
        plannedTask('T2', { after: ['T1'] }),
        'T3',
      ]),
    );
    const by = (id: string): string => {
      const { state } = run.task(id);
      return state.kind === 'blocked'
        ? state.by.map((blocker) => `${blocker.id} ${blocker.status}`).join(', ')
        : state.kind;
    };
    assert.equal(by('T1'), 'T2 in a dependency cycle');
    assert.equal(by('T2'), 'T1 in a dependency cycle');
    assert.equal(by('T4'), 'T1 in a dependency cycle, T2 in a dependency cycle');
    assert.deepEqual(run.live(), ['T3']);
  });

  it('blocks a task that depends on itself', () => {
    const run = launchedRun(runPlan([plannedTask('T1', { after: ['T1'] }), 'T2']));
    assert.deepEqual(run.kinds(), ['blocked', 'running']);
  });

  it('fails a task that nothing can carry out, saying why', () => {
    const run = new Rehearsal(
      runPlan([
        plannedTask('T1', { agents: [], refusal: 'codex is not installed.' }),
        plannedTask('T2', { agents: [] }),
        plannedTask('T3', { after: ['T1'] }),
      ]),
    );
    assert.deepEqual(run.task('T1').state, {
      kind: 'failed',
      failure: { reason: 'invalid', message: 'codex is not installed.' },
    });
    assert.deepEqual(run.task('T2').state, {
      kind: 'failed',
      failure: { reason: 'invalid', message: 'No agent can carry this task out.' },
    });
    assert.equal(run.kind('T3'), 'blocked');
  });

  it('neither launches nor counts a task that is done elsewhere, nor waits for it', () => {
    const run = launchedRun(
      runPlan([plannedTask('T1', { excluded: 'done' }), plannedTask('T2', { after: ['T1'] })]),
    );
    assert.deepEqual(run.task('T1').state, { kind: 'excluded', word: 'done' });
    assert.deepEqual(run.live(), ['T2']);
    assert.equal(run.run.active, 1);
    assert.equal(run.run.completed, 0);
  });

  it('lets a task that is carried over count as proven without launching it', () => {
    const run = launchedRun(
      runPlan([
        plannedTask('T1', { carriedFrom: earlier }),
        plannedTask('T2', { after: ['T1'] }),
        plannedTask('T3', { carriedFrom: earlier, blockedBy: [elsewhere] }),
      ]),
    );
    assert.deepEqual(run.kinds(), ['completed', 'running', 'completed']);
    assert.equal(run.run.completed, 2);
    assert.equal(run.task('T1').attempt, 0);
  });

  it('sees no cycle through a task that is carried over', () => {
    const run = launchedRun(
      runPlan([
        plannedTask('T1', { after: ['T2'], carriedFrom: earlier }),
        plannedTask('T2', { after: ['T1'] }),
      ]),
    );
    assert.deepEqual(run.live(), ['T2']);
  });

  it('measures the longest path to the end over what it still has to do', () => {
    const run = new Rehearsal(
      runPlan([
        plannedTask('T1', { estimateMs: 10 }),
        plannedTask('T2', { estimateMs: 20, after: ['T1'] }),
        plannedTask('T3', { estimateMs: 5, after: ['T1'] }),
        plannedTask('T4', { estimateMs: 1, after: ['T2', 'T3'] }),
        plannedTask('T5', { estimateMs: 900, after: ['T1'], excluded: 'in progress' }),
        plannedTask('T6', { estimateMs: 900, after: ['T1'], carriedFrom: earlier }),
      ]),
    );
    const paths = run.run.order.map(({ pathMs }) => pathMs);
    assert.deepEqual(paths.slice(0, 4), [31, 21, 6, 1]);
  });

  it('takes over what was worth a warning when the plan was read', () => {
    const { run } = new Rehearsal(runPlan(['T1'], { warnings: ['Skill "x" was not found.'] }));
    assert.deepEqual(run.warnings, ['Skill "x" was not found.']);
  });
});
