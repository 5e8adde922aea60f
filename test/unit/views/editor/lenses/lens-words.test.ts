import assert from 'node:assert/strict';
import { SEQUENTIAL } from '../../../../../src/shared/ids.ts';
import type { GroupView, TaskView } from '../../../../../src/shared/view-models/group-views.ts';
import {
  groupLenses,
  steeringLenses,
  taskLens,
} from '../../../../../src/views/editor/lenses/lens-words.ts';
import {
  endedRun,
  groupView,
  launched,
  runView,
  START,
  taskView,
} from '../../../../support/webview/views.ts';

const open = [taskView('T1'), taskView('T2'), taskView('T3')];
const done = (id: string): TaskView =>
  taskView(id, { status: 'completed', appearance: 'completed', ...launched(0, 9) });
const blocked = taskView('T3', { status: 'blocked', appearance: 'blocked' });
const failed = taskView('T2', { status: 'failed', appearance: 'failed', ...launched(0, 9) });
const running = taskView('T2', {
  status: 'in_progress',
  appearance: 'running',
  ...launched(2, null),
});
const idle = (tasks: readonly TaskView[], changes: Partial<GroupView> = {}): GroupView =>
  groupView(tasks, { canRun: true, canStop: false, canRetry: false, run: null, ...changes });
const live = (changes: Partial<GroupView> = {}): GroupView =>
  groupView([done('T1'), running, blocked], {
    canRun: false,
    canStop: true,
    canRetry: false,
    run: runView(),
    ...changes,
  });
const sequential = { id: SEQUENTIAL, title: 'Sequential', sequential: true };

describe('the lens above a group', () => {
  const cases: readonly (readonly [
    string,
    GroupView,
    readonly (readonly [string, string | null])[],
  ])[] = [
    ['that never ran', idle(open), [['$(play) Run group · 3 tasks', 'runGroup']]],
    [
      'that ran, with a blocked task',
      idle([...open.slice(0, 2), blocked], { run: endedRun(60) }),
      [['$(play) Run group · 3 tasks · 1 blocked · last run passed', 'runGroup']],
    ],
    [
      'of which a task failed',
      idle([done('T1'), failed, blocked], {
        run: endedRun(60, { exitCode: 1 }),
        canRetry: true,
      }),
      [
        ['$(play) Run group · 1 of 3 done · 1 failed · 1 blocked · last run failed', 'runGroup'],
        ['$(debug-rerun) Retry failed', 'retryFailed'],
      ],
    ],
    [
      'that was stopped',
      idle(open, { run: endedRun(60, { exitCode: 130 }) }),
      [['$(play) Run group · 3 tasks · last run stopped', 'runGroup']],
    ],
    [
      'that left tasks blocked',
      idle([done('T1'), blocked], { run: endedRun(60, { exitCode: 3 }) }),
      [['$(play) Run group · 1 of 2 done · 1 blocked · last run left tasks blocked', 'runGroup']],
    ],
    [
      'that is done',
      idle([done('T1'), done('T2')], { canRun: false, run: endedRun(60) }),
      [['$(pass-filled) 2 of 2 done · last run passed', 'showStatusPanel']],
    ],
    [
      'that was done by hand',
      idle([done('T1')], { canRun: false }),
      [['$(pass-filled) 1 of 1 done', null]],
    ],
    [
      'that may not run, in a folder that is not trusted',
      idle([...open.slice(0, 2), blocked], { canRun: false }),
      [['3 tasks · 1 blocked', null]],
    ],
    [
      'that runs',
      live(),
      [['$(debug-stop) Stop · 1 of 3 done · 1 blocked · running 0:12', 'stopGroup']],
    ],
    [
      'that needs somebody',
      live({
        tasks: [
          taskView('T9', { status: 'in_progress', appearance: 'needs_you' }),
          ...live().tasks,
        ],
      }),
      [['$(debug-stop) Stop · 1 of 3 done · T9 needs you · 1 blocked · running 0:12', 'stopGroup']],
    ],
    [
      'that runs in another window',
      live({ run: runView({ holder: 'other' }) }),
      [['$(debug-stop) Stop · 1 of 3 done · 1 blocked · running elsewhere 0:12', 'stopGroup']],
    ],
    [
      'that is being stopped',
      live({ run: runView({ state: 'stopping' }), canStop: false }),
      [['$(sync~spin) Stopping · 1 of 3 done · 1 blocked · 0:12', 'showStatusPanel']],
    ],
    [
      'that nobody coordinates',
      live({ run: runView({ holder: 'nobody' }), canStop: false }),
      [['$(debug-continue) Resume · 1 of 3 done · 1 blocked · interrupted', 'resumeGroup']],
    ],
    [
      'of tasks without a marker',
      idle([...open, blocked], sequential),
      [['$(play) Run sequential tasks · 4 tasks · 1 blocked', 'runGroup']],
    ],
    [
      'of tasks without a marker, all of them done',
      idle([done('T1')], { ...sequential, canRun: false }),
      [],
    ],
  ];
  for (const [what, group, expected] of cases) {
    it(what, () => {
      const lenses = groupLenses(group, START + 12_400);
      assert.deepEqual(
        lenses.map(({ title, command }) => [title, command]),
        expected,
      );
    });
  }

  it('tells in its tooltip what would happen', () => {
    const [first, second] = open.map(({ key }) => key);
    assert.ok(first !== undefined && second !== undefined);
    const tooltip = (group: GroupView) => groupLenses(group, START)[0]?.tooltip;
    assert.equal(
      tooltip(idle(open, { waves: [[first, second]] })),
      'Runs the tasks of auth at the same time',
    );
    assert.equal(
      tooltip(idle(open, { waves: [[first], [second]] })),
      'Runs the tasks of auth in 2 waves',
    );
    assert.equal(tooltip(live()), 'Ends every task of auth that runs');
  });
});

describe('the lens above a task of a running group', () => {
  const cases: readonly (readonly [Partial<TaskView>, string, string | null])[] = [
    [
      { appearance: 'running', detail: 'claude · editing src/auth.ts', attempts: 1 },
      '$(loading~spin) claude · editing src/auth.ts',
      'showTerminal',
    ],
    [
      { appearance: 'waiting', detail: 'waits for T1' },
      '$(circle-large-outline) waits for T1',
      null,
    ],
    [
      { appearance: 'completed', detail: '42 s', attempts: 1 },
      '$(pass-filled) completed · 42 s',
      'showTerminal',
    ],
    [{ appearance: 'failed', detail: 'exit 2', attempts: 2 }, '$(error) exit 2', 'showTerminal'],
    [
      { appearance: 'running', detail: '$(trash) says\nmore', attempts: 1 },
      '$(loading~spin) $ (trash) says more',
      'showTerminal',
    ],
    [
      { appearance: 'running', detail: 'x'.repeat(200), attempts: 1 },
      `$(loading~spin) ${'x'.repeat(79)}…`,
      'showTerminal',
    ],
  ];
  for (const [changes, title, command] of cases) {
    it(`says “${title.slice(0, 50)}”`, () => {
      const lens = taskLens(taskView('T1', changes));
      assert.deepEqual([lens.title, lens.command], [title, command]);
    });
  }
});

describe('the lenses beside that of a task', () => {
  const cases: readonly (readonly [string, TaskView, readonly string[]])[] = [
    ['that waits', taskView('T1', { canStop: true }), []],
    [
      'that runs',
      { ...running, runnerPid: 7, canStop: true },
      ['Stop → stopTask', 'Changes → showChanges'],
    ],
    [
      'whose agent listens',
      { ...running, runnerPid: 7, canStop: true, canNudge: true },
      ['Nudge… → nudgeTask', 'Stop → stopTask', 'Changes → showChanges'],
    ],
    [
      'that is a command of its own',
      { ...running, runnerPid: 7, run: 'make', canStop: true },
      ['Stop → stopTask'],
    ],
  ];
  for (const [what, task, expected] of cases) {
    it(what, () => {
      const lenses = steeringLenses(task).map(
        ({ title, command }) => `${title} → ${String(command)}`,
      );
      assert.deepEqual(lenses, expected);
    });
  }
});
