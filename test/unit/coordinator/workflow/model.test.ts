import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import type {
  SubagentType,
  WorkflowDefinition,
} from '../../../../src/coordinator/schema/config.ts';
import { replayWorkflow } from '../../../../src/coordinator/workflow/evolve.ts';
import {
  playWorkflow,
  stageTask,
  type TaskOutcome,
} from '../../../support/coordinator/play-workflow.ts';

const TYPES: readonly SubagentType[] = ['coding', 'review', 'test', 'devops', 'monitor'];
const OUTCOMES: readonly TaskOutcome[] = ['completed', 'failed', 'blocked', 'cancelled', 'refused'];

const definitions: fc.Arbitrary<WorkflowDefinition> = fc
  .record({
    stages: fc.array(
      fc.record({
        id: fc.constantFrom('development', 'devops', 'monitoring', 'else'),
        types: fc.uniqueArray(fc.constantFrom(...TYPES)),
        gate: fc.option(
          fc.record({ requiredSuccessRate: fc.constantFrom(0, 0.25, 0.5, 0.75, 1) }),
          { nil: undefined },
        ),
      }),
      { maxLength: 5 },
    ),
    maxFeedbackLoops: fc.nat(4),
  })
  .map(({ stages, maxFeedbackLoops }) => ({
    maxFeedbackLoops,
    stages: stages.map(({ id, types, gate }) => ({
      id,
      types,
      ...(gate === undefined ? {} : { gate }),
    })),
  }));

describe('any workflow in any world', () => {
  it('ends, within its loops, with every task counted once and every gate as its rate says', () => {
    fc.assert(
      fc.property(
        definitions,
        fc.array(fc.constantFrom(...TYPES), { maxLength: 8 }),
        fc.array(fc.tuple(fc.constantFrom(...OUTCOMES), fc.nat(9)), {
          minLength: 1,
          maxLength: 60,
        }),
        (definition, types, chances) => {
          let drawn = 0;
          const draw = (): [TaskOutcome, number] => {
            drawn += 1;
            return chances[drawn % chances.length] ?? ['completed', 1];
          };
          const tasks = types.map((type, place) => stageTask(`t${place}`, type));
          const { state, events } = playWorkflow(definition, tasks, {
            outcome: () => draw()[0],
            suite: () => (draw()[1] === 0 ? 'failed' : 'passed'),
            findings: () => (draw()[1] === 0 ? ['!'] : []),
            cancelled: () => draw()[1] === 9,
          });
          assert.ok(state.ended !== null);
          assert.ok(state.loop <= definition.maxFeedbackLoops);
          assert.equal(state.loops.length, state.loop);
          assert.ok(state.history.length <= definition.stages.length * (state.loop + 1));
          checkCounts(state);
          checkEnd(state);
          assert.deepEqual(replayWorkflow(events), state);
        },
      ),
      { numRuns: 3000 },
    );
  });
});

type State = ReturnType<typeof playWorkflow>['state'];

/** Counted anew from the results alone. */
function checkCounts(state: State): void {
  const taken = new Set<string>();
  for (const task of state.tasks.flat()) {
    assert.ok(!taken.has(task.key), 'a task is of one stage');
    taken.add(task.key);
  }
  for (const { counts, gate, stage, status, tasks } of state.history) {
    const { total, completed, failed, blocked, cancelled } = counts;
    assert.equal(total, state.tasks[stage]?.length);
    assert.ok(completed + failed + blocked + cancelled <= total);
    assert.equal(status === 'skipped', total === 0);
    assert.ok(tasks.every((key) => state.tasks[stage]?.some((task) => task.key === key)));
    if (gate !== null) {
      const tried = completed + failed;
      assert.equal(gate.rate, tried === 0 ? null : completed / tried);
      assert.equal(gate.open, tried === 0 || completed >= (gate.required ?? 0) * tried);
    }
  }
  for (const key of state.results.keys()) {
    assert.ok(taken.has(key));
  }
}

function checkEnd(state: State): void {
  const { ended } = state;
  assert.ok(ended !== null);
  const failed = [...state.results.values()].filter(({ status }) => status === 'failed').length;
  assert.ok(ended.failures >= failed);
  if (ended.status === 'completed') {
    const newest = new Map(state.history.map((passage) => [passage.stage, passage]));
    assert.equal(newest.size, state.definition.stages.length, 'every stage was entered or skipped');
    assert.ok([...newest.values()].every(({ gate }) => gate === null || gate.open));
    if (ended.exitCode === 0) {
      assert.equal(ended.failures, 0);
    }
  }
  assert.equal(ended.status === 'cancelled', state.cancelled);
  const stuck = state.errors.some(({ task }) => task === null);
  if (!state.cancelled) {
    assert.equal(ended.status === 'failed', stuck);
  }
}
