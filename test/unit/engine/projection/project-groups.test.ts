import assert from 'node:assert/strict';
import { assemblePlan } from '../../../../src/coordinator/plan/assemble-plan.ts';
import { evolve } from '../../../../src/coordinator/run/evolve.ts';
import type { RunState } from '../../../../src/coordinator/run/state/state.ts';
import type { RunEventBody } from '../../../../src/coordinator/schema/events.ts';
import { FORMAT } from '../../../../src/coordinator/schema/format.ts';
import type { Plan } from '../../../../src/coordinator/schema/task.ts';
import { GroupProjections } from '../../../../src/engine/projection/project-groups.ts';
import type { GroupView } from '../../../../src/shared/view-models/group-views.ts';
import { outcome } from '../../../support/coordinator/outcomes.ts';
import { keyOf, plannedTask, runPlan } from '../../../support/coordinator/plans.ts';
import { recordedRun, RUN_START } from '../../../support/coordinator/recorded-run.ts';
import { COMPLETED, makeSnapshot, makeTask } from '../../../support/make-task.ts';

const attempt = { task: keyOf('T1'), attempt: 1 };
const launched: readonly RunEventBody[] = [
  { type: 'attempt.requested', ...attempt, choice: 0 },
  { type: 'attempt.claimed', ...attempt, pid: 4711 },
];
const HOLDER = { holder: 'mine', name: null, suspended: null } as const;

describe('the groups of a workspace, drawn again', () => {
  let projections: GroupProjections;
  let run: RunState;
  beforeEach(() => {
    projections = new GroupProjections();
    run = recordedRun(runPlan([plannedTask('T1'), plannedTask('T2')]), launched);
  });

  const planOf = (done: boolean): Plan =>
    assemblePlan([
      makeSnapshot('tasks.md', [
        makeTask('T1', { group: 'auth', fingerprint: 'do T1' }),
        makeTask('T2', { group: 'auth', fingerprint: 'do T2' }),
        makeTask('T3', { group: 'shop', ...(done ? { status: COMPLETED } : {}) }),
        makeTask('T4', { group: 'shop' }),
        makeTask('T5', { group: 'late', dependencies: ['T3'] }),
      ]),
    ]);
  const plan = planOf(false);
  const none = {};
  const draw = (
    changes: { plan?: Plan; after?: number; live?: boolean; problem?: string } = {},
  ): GroupView[] =>
    projections.of({
      plan: changes.plan ?? plan,
      subagents: none,
      workspaceRoot: '/workspace',
      now: RUN_START + (changes.after ?? 0),
      allowed: true,
      runOf: (key) =>
        changes.live === true && key === plan.groups[0]?.key
          ? { state: run, holder: HOLDER }
          : null,
      runProblemOf: (key) => (key === plan.groups[0]?.key ? (changes.problem ?? null) : null),
    });
  const happen = (event: RunEventBody): void => {
    evolve(run, { v: FORMAT, seq: run.seq + 1, at: run.now, event });
  };
  /** Titles of the groups and ids of the tasks that are other objects than before. */
  const others = (before: readonly GroupView[], now: readonly GroupView[]): string[] =>
    now.flatMap((group, place) => {
      const was = before[place];
      const tasks = group.tasks.filter((task, nth) => task !== was?.tasks[nth]);
      return group === was ? [] : [group.title, ...tasks.map(({ id }) => id)];
    });

  it('are the same objects where nothing happened, however late it is', () => {
    assert.deepEqual(others(draw(), draw({ after: 3_600_000 })), []);
  });

  it('show why the newest run of a group cannot be read', () => {
    const before = draw();
    const [first, ...rest] = draw({ problem: 'It has another format.' });
    assert.deepEqual(
      first?.problems.map(({ code, message }) => [code, message]),
      [['unreadable-run', 'It has another format.']],
    );
    assert.deepEqual(others(before.slice(1), rest), []);
    assert.deepEqual(draw()[0]?.problems, []);
  });

  it('differ in the task of an event, and in its group', () => {
    const before = draw({ live: true });
    happen({
      type: 'attempt.progress',
      ...attempt,
      offset: 1,
      step: 'editing',
      needsYou: null,
      throttledUntil: null,
      usage: null,
    });
    const now = draw({ live: true });
    assert.deepEqual(others(before, now), ['auth', 'T1']);
    assert.equal(now[0]?.tasks[0]?.step, 'editing');
  });

  it('differ in the words of a running group, not in its tasks, as time goes on', () => {
    const before = draw({ live: true });
    const now = draw({ live: true, after: 90_000 });
    assert.deepEqual(others(before, now), ['auth']);
    assert.match(now[0]?.detail ?? '', /running 1:\d\d/);
  });

  it('tell how long a task still waits', () => {
    happen({
      type: 'attempt.ended',
      ...attempt,
      offset: 10,
      outcome: outcome('throttled'),
      jitter: 0,
    });
    const before = draw({ live: true });
    const now = draw({ live: true, after: 5_000 });
    assert.deepEqual(others(before, now), ['auth', 'T1']);
  });

  it('differ where the plan does: in what was edited and in what depends on it', () => {
    assert.deepEqual(others(draw(), draw({ plan: planOf(true) })), ['shop', 'T3', 'late', 'T5']);
  });

  it('tell a warning of the run that came later', () => {
    const before = draw({ live: true });
    happen({ type: 'warning', message: 'Mind this.' });
    const now = draw({ live: true });
    assert.deepEqual(now[0]?.run?.warnings, ['Mind this.']);
    assert.deepEqual(before[0]?.run?.warnings, []);
    assert.deepEqual(others(before, now), ['auth']);
  });
});
