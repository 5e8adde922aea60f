import { strict as assert } from 'node:assert';
import type {
  SubagentType,
  WorkflowDefinition,
} from '../../../../src/coordinator/schema/config.ts';
import { workflowsOf } from '../../../../src/coordinator/workflow/definitions.ts';
import { replayWorkflow } from '../../../../src/coordinator/workflow/evolve.ts';
import { endSentence } from '../../../../src/coordinator/workflow/project-workflow.ts';
import type { WorkflowState } from '../../../../src/coordinator/workflow/state.ts';
import { playWorkflow, stageTask, type World } from '../../../support/coordinator/play-workflow.ts';

const DEFAULT = workflowsOf({ workflows: {} })[0]?.definition;
assert.ok(DEFAULT !== undefined);
const development = (more: object = {}): WorkflowDefinition['stages'][number] => ({
  id: 'development',
  types: ['coding'] satisfies SubagentType[],
  ...more,
});
const monitoring = { id: 'monitoring', types: ['monitor'] satisfies SubagentType[] };
const coding = (...ids: string[]) => ids.map((id) => stageTask(id, 'coding'));

function play(definition: WorkflowDefinition, tasks: ReturnType<typeof coding>, world?: World) {
  return playWorkflow(definition, tasks, world).state;
}

const history = (state: WorkflowState): string[] =>
  state.history.map(({ stage, loop, status, tasks }) =>
    `${state.definition.stages[stage]?.id ?? ''}/${loop} ${status} ${tasks.map((key) => key.slice(9)).join(' ')}`.trim(),
  );
const ends = ({ ended }: WorkflowState): unknown[] => [
  ended?.status,
  ended?.exitCode,
  ended?.failures,
];

describe('a workflow, decided', () => {
  const one = { stages: [development()], maxFeedbackLoops: 3 };

  it('single stage: runs one task', () => {
    const state = play(one, coding('t1'));
    assert.deepEqual(history(state), ['development/0 completed t1']);
    assert.deepEqual(ends(state), ['completed', 0, 0]);
  });

  it('single stage: runs several tasks, and counts them', () => {
    const state = play(one, coding('t1', 't2', 't3'));
    assert.deepEqual(history(state), ['development/0 completed t1 t2 t3']);
    const counts = { total: 3, completed: 3, failed: 0, blocked: 0, cancelled: 0 };
    assert.deepEqual(state.history[0]?.counts, counts);
  });

  it('multi stage: enters one stage after the other', () => {
    const state = play(DEFAULT, [...coding('t1'), stageTask('d1', 'devops')]);
    assert.deepEqual(history(state), [
      'development/0 completed t1',
      'devops/0 completed d1',
      'monitoring/0 skipped',
    ]);
  });

  it('failure handling: a failed task is in the results and not in the error log, and the workflow completes', () => {
    const state = play(DEFAULT, coding('t1', 't2'), {
      outcome: (id) => (id === 't1' ? 'failed' : 'completed'),
    });
    assert.deepEqual(ends(state), ['completed', 1, 1]);
    assert.deepEqual(state.errors, []);
    assert.match(endSentence(state), /^w: 1 of 3 stages completed, 2 skipped, 1 task failed\.$/);
  });

  it('failure handling: a task that nobody may take is in both', () => {
    const state = play(DEFAULT, coding('t1'), { outcome: () => 'refused' });
    assert.deepEqual(ends(state), ['completed', 1, 1]);
    assert.deepEqual(
      state.errors.map(({ code }) => code),
      ['NO_AVAILABLE_AGENT'],
    );
    assert.deepEqual(
      [...state.results.values()].map(({ status }) => status),
      ['failed'],
    );
  });

  it('empty workflow: without a task every stage is skipped, and it completes', () => {
    const state = play(DEFAULT, []);
    assert.deepEqual(history(state), [
      'development/0 skipped',
      'devops/0 skipped',
      'monitoring/0 skipped',
    ]);
    assert.deepEqual(ends(state), ['completed', 0, 0]);
  });

  it('empty workflow: without a task for its stages, or without stages, it completes', () => {
    assert.deepEqual(ends(play(one, [stageTask('m', 'monitor')])), ['completed', 0, 0]);
    const none = play({ stages: [], maxFeedbackLoops: 3 }, coding('t1'));
    assert.deepEqual(ends(none), ['completed', 0, 0]);
  });

  it('state persistence: its events tell the state that it ended in', () => {
    const definition = {
      stages: [development({ gate: { requiredSuccessRate: 1 } }), monitoring],
      maxFeedbackLoops: 2,
    };
    const { state, events } = playWorkflow(definition, coding('t1', 't2'), {
      outcome: (id, { loop }) => (id === 't1' && loop === 0 ? 'failed' : 'completed'),
    });
    assert.deepEqual(replayWorkflow(events), state);
  });

  it('stage gate: without one, or where nothing was tried, it is open', () => {
    assert.equal(play(one, coding('t1'), { outcome: () => 'failed' }).loop, 0);
    const gated = {
      stages: [development({ gate: { requiredSuccessRate: 1 } })],
      maxFeedbackLoops: 3,
    };
    const state = play(gated, coding('t1'), { outcome: () => 'blocked' });
    assert.deepEqual(state.history[0]?.gate, { rate: null, required: 1, open: true });
    assert.deepEqual(ends(state), ['completed', 3, 0]);
  });

  it('stage gate: it is open from the required rate on, and closed below', () => {
    const gated = {
      stages: [development({ gate: { requiredSuccessRate: 0.5 } })],
      maxFeedbackLoops: 0,
    };
    const outcome = (...failing: string[]) => ({
      outcome: (id: string) =>
        failing.includes(id) ? ('failed' as const) : ('completed' as const),
    });
    const tasks = coding('t1', 't2', 't3', 't4');
    const half = play(gated, tasks, outcome('t1', 't2'));
    assert.deepEqual([half.history[0]?.gate?.open, ...ends(half)], [true, 'completed', 1, 2]);
    const less = play(gated, tasks, outcome('t1', 't2', 't3'));
    assert.deepEqual([less.history[0]?.gate?.open, less.history[0]?.status], [false, 'failed']);
    assert.deepEqual(ends(less), ['failed', 1, 3]);
  });

  it('stage gate: one that stays closed ends a workflow that has no development to go back to', () => {
    const gate = { requiredSuccessRate: 1 };
    const state = play(
      { stages: [{ ...monitoring, gate }], maxFeedbackLoops: 3 },
      [stageTask('m', 'monitor')],
      { outcome: () => 'failed' },
    );
    assert.deepEqual(ends(state), ['failed', 1, 1]);
    assert.equal(state.errors[0]?.code, 'POLICY_VIOLATION');
  });

  const watched = { stages: [development(), monitoring], maxFeedbackLoops: 2 };
  const watchedTasks = [...coding('t1', 't2'), stageTask('m', 'monitor')];

  it('feedback loop: a finding goes back to development, with the finding, and on through all later stages', () => {
    const state = play(watched, watchedTasks, {
      findings: ({ stage, loop }) => (stage === 1 && loop === 0 ? ['It is slow.'] : []),
    });
    assert.deepEqual(history(state), [
      'development/0 completed t1 t2',
      'monitoring/0 completed m',
      'development/1 completed t1 t2',
      'monitoring/1 completed m',
    ]);
    assert.deepEqual(state.loops[0]?.findings, ['It is slow.']);
    assert.deepEqual(state.history[2]?.again, state.history[2]?.tasks);
  });

  it('feedback loop: beyond the limit it ends failed, with MAX_FEEDBACK_LOOPS in the error log', () => {
    const state = play(watched, watchedTasks, {
      findings: ({ stage }) => (stage === 1 ? ['!'] : []),
    });
    assert.equal(state.loop, 2);
    assert.deepEqual(ends(state).slice(0, 2), ['failed', 1]);
    assert.deepEqual(
      state.errors.map(({ code }) => code),
      ['MAX_FEEDBACK_LOOPS'],
    );
  });

  it('feedback loop: each one counts, and where some tasks failed only those are done again', () => {
    const state = play(watched, watchedTasks, {
      outcome: (id, { loop }) => (id === 't2' && loop < 2 ? 'failed' : 'completed'),
      suite: ({ loop }) => (loop < 2 ? 'failed' : 'passed'),
    });
    assert.deepEqual(
      state.loops.map(({ loop, why }) => `${loop} ${why}`),
      ['1 suite', '2 suite'],
    );
    assert.deepEqual(history(state).slice(1, 3), [
      'development/1 failed t2',
      'development/2 completed t2',
    ]);
    assert.deepEqual(ends(state), ['completed', 0, 0]);
  });

  it('goes on after a failing suite where there is no development, and counts it', () => {
    const state = play({ stages: [monitoring], maxFeedbackLoops: 3 }, [stageTask('m', 'monitor')], {
      suite: () => 'failed',
    });
    assert.deepEqual(ends(state), ['completed', 1, 1]);
  });

  it('is over with the stage in which it was cancelled', () => {
    const state = play(watched, watchedTasks, { cancelled: ({ stage }) => stage === 0 });
    assert.deepEqual(history(state), ['development/0 cancelled t1 t2']);
    assert.deepEqual(ends(state), ['cancelled', 130, 0]);
  });
});
