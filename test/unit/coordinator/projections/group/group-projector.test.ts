import assert from 'node:assert/strict';
import fc from 'fast-check';
import { assemblePlan } from '../../../../../src/coordinator/plan/assemble-plan.ts';
import { GroupProjector } from '../../../../../src/coordinator/projections/group/group-projector.ts';
import {
  type GroupContext,
  projectGroup,
} from '../../../../../src/coordinator/projections/group/project-group.ts';
import { begin, evolve } from '../../../../../src/coordinator/run/evolve.ts';
import type { RunState } from '../../../../../src/coordinator/run/state/state.ts';
import type { RunSpec } from '../../../../../src/coordinator/schema/run-spec.ts';
import type { Group, Plan } from '../../../../../src/coordinator/schema/task.ts';
import { plans, steps } from '../../../../support/coordinator/arbitraries.ts';
import { play } from '../../../../support/coordinator/play.ts';
import { makeSnapshot, makeTask } from '../../../../support/make-task.ts';

const HOLDER = { holder: 'mine', name: null, suspended: null } as const;

/** The plan that a run's tasks could have been read from, with one task more. */
function planOf({ tasks }: RunSpec): Plan {
  return assemblePlan([
    makeSnapshot('tasks.md', [
      ...tasks.map(({ id, fingerprint, dependencies }) =>
        makeTask(id, {
          group: 'auth',
          fingerprint,
          dependencies: dependencies.map((key) => key.slice(key.indexOf('#') + 1)),
        }),
      ),
      makeTask('new', { group: 'auth' }),
    ]),
  ]);
}

function groupOf(plan: Plan): Group {
  const [group] = plan.groups;
  assert.ok(group !== undefined);
  return group;
}

describe('GroupProjector', () => {
  const subagentOf = (): { subagent: string; reason: 'default' } => ({
    subagent: 'backend-architect',
    reason: 'default',
  });
  const contextOf = (plan: Plan, state: RunState): GroupContext => ({
    plan,
    subagentOf,
    run: { state, holder: HOLDER },
    attemptDirectory: (_, { planned, attempt }) => `/attempts/${planned.id}/${attempt}`,
    allowed: true,
    now: state.now,
  });

  it('shows what a whole projection shows, whatever happens to the run and whenever it is asked', () => {
    const scripts = fc.array(steps, { maxLength: 120, size: 'max' });
    const pauses = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(plans(12), scripts, pauses, (spec, script, waits) => {
        const { journal } = play(spec, script);
        const [first, ...rest] = journal;
        assert.ok(first !== undefined);
        const state = begin(first);
        assert.ok(state !== null);
        const plan = planOf(spec);
        const group = groupOf(plan);
        const projector = new GroupProjector();
        let wait = 0;
        for (const [place, event] of rest.entries()) {
          evolve(state, event);
          if (wait > 0) {
            wait -= 1;
            continue;
          }
          wait = waits[place % waits.length] ?? 0;
          const context = contextOf(plan, state);
          assert.deepEqual(projector.project(group, context), projectGroup(group, context));
        }
        const context = contextOf(plan, state);
        assert.deepEqual(projector.project(group, context), projectGroup(group, context));
      }),
      { numRuns: 120 },
    );
  }).timeout(240_000);

  it('keeps the views of tasks that look as before, and of the group where nothing changed', () => {
    const [spec] = fc.sample(plans(12), { numRuns: 1, seed: 7 });
    assert.ok(spec !== undefined);
    const { journal } = play(spec, []);
    const [first, ...rest] = journal;
    assert.ok(first !== undefined);
    const state = begin(first);
    assert.ok(state !== null);
    const plan = planOf(spec);
    const group = groupOf(plan);
    const projector = new GroupProjector();
    let before = projector.project(group, contextOf(plan, state));
    for (const event of rest) {
      evolve(state, event);
      const after = projector.project(group, contextOf(plan, state));
      assert.equal(projector.project(group, contextOf(plan, state)), after);
      for (const [place, task] of after.tasks.entries()) {
        const former = before.tasks[place];
        if (former !== task) {
          assert.notDeepEqual(former, task);
        }
      }
      before = after;
    }
  });
});
