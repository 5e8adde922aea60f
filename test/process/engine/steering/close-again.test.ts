import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assemblePlan } from '../../../../src/coordinator/plan/assemble-plan.ts';
import type { RunEventBody } from '../../../../src/coordinator/schema/events.ts';
import { closeInPlan } from '../../../../src/engine/steering/close-again.ts';
import type { Workspace } from '../../../../src/engine/workspace/workspace.ts';
import { failure, success } from '../../../../src/shared/result.ts';
import type { TaskView } from '../../../../src/shared/view-models/group-views.ts';
import { PlanStore } from '../../../../src/tasks/plans/plan-store.ts';
import { recordStatus } from '../../../../src/tasks/write/record-status.ts';
import { outcome } from '../../../support/coordinator/outcomes.ts';
import { keyOf, plannedTask, runPlan } from '../../../support/coordinator/plans.ts';
import { recordedRun } from '../../../support/coordinator/recorded-run.ts';
import { openEngine } from '../../../support/engine-workspace.ts';
import { COMPLETED, makeSnapshot, makeTask } from '../../../support/make-task.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

const T1 = keyOf('T1');
const attempt = { task: T1, attempt: 1 };
const proven: readonly RunEventBody[] = [
  { type: 'attempt.requested', ...attempt, choice: 0 },
  { type: 'attempt.claimed', ...attempt, pid: 4711 },
  { type: 'attempt.ended', ...attempt, offset: 10, outcome: outcome(), jitter: 0 },
  { type: 'evidence.checked', ...attempt, evidence: [], files: [] },
];
const notClosed: readonly RunEventBody[] = [
  ...proven,
  { type: 'close.requested', task: T1 },
  { type: 'close.ended', task: T1, problem: 'The file is locked.' },
];
const over: RunEventBody = { type: 'run.ended', status: 'completed', exitCode: 0 };

describe('closing a task again', () => {
  const cases: readonly (readonly [
    what: string,
    events: readonly RunEventBody[] | null,
    expected: string,
  ])[] = [
    ['writes what a run proved and could not close', [...notClosed, over], 'tasks.md T1 do T1'],
    [
      'waits for the end of the run',
      notClosed,
      'A run of auth is under way. Close T1 when the run is over.',
    ],
    [
      'leaves alone what was proven and not to be closed',
      [...proven, over],
      'T1 has not been proven by a run, so there is nothing to close.',
    ],
    [
      'leaves alone what never ran',
      null,
      'T1 has not been proven by a run, so there is nothing to close.',
    ],
  ];
  for (const [what, events, expected] of cases) {
    it(what, async () => {
      const said = await close([makeTask('T1', { group: 'auth', fingerprint: 'do T1' })], events);
      assert.equal(said, expected);
    });
  }

  it('has nothing to do where the plan says it already', async () => {
    const facts = { group: 'auth', fingerprint: 'do T1', status: COMPLETED };
    assert.equal(await close([makeTask('T1', facts)], [...notClosed, over]), 'nothing written');
  });

  it('closes the task by its text, whatever its number is by now', async () => {
    const tasks = [
      makeTask('T1', { group: 'auth', fingerprint: 'do something new' }),
      makeTask('T7', { group: 'auth', fingerprint: 'do T1' }),
    ];
    assert.equal(await close(tasks, [...notClosed, over], keyOf('T7')), 'tasks.md T7 do T1');
  });

  it('says that the task is gone', async () => {
    const said = await close([makeTask('T2', { group: 'auth' })], [...notClosed, over]);
    assert.equal(said, 'The task is not in the plan any more.');
  });

  /** What was written, or why nothing was. */
  async function close(
    tasks: Parameters<typeof makeSnapshot>[1],
    events: readonly RunEventBody[] | null,
    key = T1,
  ): Promise<string> {
    const plan = assemblePlan([makeSnapshot('tasks.md', tasks)]);
    const holder = { holder: 'nobody', name: null, suspended: null } as const;
    const state = events === null ? null : recordedRun(runPlan([plannedTask('T1')]), events);
    let written = 'nothing written';
    const closed = await closeInPlan(
      {
        plans: { current: () => plan },
        runs: { newestOf: () => (state === null ? null : { state, holder }) },
      },
      ({ source, id, fingerprint }, status) => {
        assert.equal(status, 'completed');
        written = `${source} ${id} ${fingerprint}`;
        return Promise.resolve(success(undefined));
      },
      key,
    );
    return closed.ok ? written : closed.failure;
  }
});

describe('a plan that could not be changed', function () {
  this.timeout(60_000).slow(10_000);
  let root: string;
  let workspace: Workspace | null = null;
  beforeEach(() => {
    root = temporaryDirectory();
  });
  afterEach(async () => {
    await workspace?.release();
    removeDirectory(root);
  });

  it('leaves a task proven and open, until it is closed after all', async () => {
    const plans = await PlanStore.open(root);
    let locked = true;
    const plan = '- [ ] T1 [P:Group-auth] Do T1\n  `run: exit 0`\n';
    workspace = await openEngine(root, plan, {
      plans,
      writeStatus: (task, status) =>
        locked
          ? Promise.resolve(failure('tasks.md is locked.'))
          : recordStatus(plans, task, status),
    });
    await plans.readAll();
    const group = workspace.plans.current().groups[0];
    assert.ok(group);
    const run = await workspace.starter.run(group.key);
    assert.ok(run.ok);
    await run.value.done;

    const task = (): TaskView | undefined => workspace?.groups()[0]?.tasks[0];
    assert.equal(task()?.appearance, 'proven');
    assert.equal(task()?.closeProblem, 'tasks.md is locked.');
    const key = task()?.key;
    assert.ok(key);
    assert.deepEqual(await workspace.closeInPlan(key), failure('tasks.md is locked.'));

    locked = false;
    assert.deepEqual(await workspace.closeInPlan(key), success(undefined));
    assert.match(readFileSync(join(root, 'tasks.md'), 'utf8'), /^- \[x\] T1/);
    assert.equal(task()?.appearance, 'completed');
    assert.equal(task()?.closeProblem, null);
  });
});
