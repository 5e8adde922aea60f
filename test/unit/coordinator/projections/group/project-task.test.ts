import { strict as assert } from 'node:assert';
import { assemblePlan } from '../../../../../src/coordinator/plan/assemble-plan.ts';
import { projectGroup } from '../../../../../src/coordinator/projections/group/project-group.ts';
import type { RunEventBody } from '../../../../../src/coordinator/schema/events.ts';
import type { RunSpec } from '../../../../../src/coordinator/schema/run-spec.ts';
import type { Task } from '../../../../../src/coordinator/schema/task.ts';
import type { GroupView, TaskView } from '../../../../../src/shared/view-models/group-views.ts';
import { tries } from '../../../../../src/webview/facts/appearance.ts';
import { FAILURES, outcome } from '../../../../support/coordinator/outcomes.ts';
import { agentPlan, keyOf, plannedTask, runPlan } from '../../../../support/coordinator/plans.ts';
import { recordedRun, RUN_START } from '../../../../support/coordinator/recorded-run.ts';
import { COMPLETED, IN_PROGRESS, makeSnapshot, makeTask } from '../../../../support/make-task.ts';

const T1 = { task: keyOf('T1'), attempt: 1 };
const requested: RunEventBody = { type: 'attempt.requested', ...T1, choice: 0 };
const claimed: RunEventBody = { type: 'attempt.claimed', ...T1, pid: 4711 };
const quiet = { offset: 1, step: null, needsYou: null, throttledUntil: null, usage: null };
const ended = (failure: Parameters<typeof outcome>[0]): RunEventBody => ({
  type: 'attempt.ended',
  ...T1,
  offset: 10,
  outcome: outcome(failure),
  jitter: 0,
});
const proof: RunEventBody = { type: 'evidence.checked', ...T1, evidence: [], files: [] };
const over: RunEventBody = { type: 'run.ended', status: 'completed', exitCode: 0 };

function draw(
  tasks: readonly Task[],
  plan?: RunSpec,
  events: readonly RunEventBody[] = [],
): GroupView {
  const assembled = assemblePlan([makeSnapshot('tasks.md', tasks)]);
  const group = assembled.groups.find(({ id }) => id === 'auth');
  assert.ok(group);
  const state = plan === undefined ? null : recordedRun(plan, events);
  const holder = { holder: 'mine', name: null, suspended: null } as const;
  return projectGroup(group, {
    plan: assembled,
    subagentOf: () => ({ subagent: 'backend-architect', reason: 'default' }),
    run: state === null ? null : { state, holder },
    attemptDirectory: (run, { planned, attempt }) => `${run.plan.run}/${planned.id}/${attempt}`,
    allowed: true,
    now: RUN_START + 60_000,
  });
}

function inRun(
  events: readonly RunEventBody[],
  task: Parameters<typeof makeTask>[1] = {},
): TaskView {
  const drawn = draw(
    [makeTask('T1', { group: 'auth', fingerprint: 'do T1', ...task })],
    runPlan([plannedTask('T1')]),
    events,
  );
  const [first] = drawn.tasks;
  assert.ok(first);
  return first;
}

const look = ({ status, appearance, detail }: TaskView): string[] => [status, appearance, detail];

describe('a task that must not run beside one that runs', () => {
  const T2 = keyOf('T2');
  const rows: readonly (readonly [string, RunSpec['mutexes'][number], readonly string[]])[] = [
    [
      'a file that both name',
      { path: 'src/a.ts', tasks: [T1.task, T2], inside: [] },
      ['pending', 'waiting', 'waits for T1 (same files)'],
    ],
    [
      'what its source says',
      { path: null, tasks: [T1.task, T2], inside: [] },
      ['pending', 'waiting', 'waits for T1 (they conflict)'],
    ],
    [
      'nothing where both only name something in a folder',
      { path: 'src', tasks: [T1.task, T2], inside: [T1.task, T2] },
      ['pending', 'queued', 'queued'],
    ],
  ];
  for (const [why, lane, expected] of rows) {
    it(`waits because of ${why}`, () => {
      const tasks = ['T1', 'T2'].map((id) =>
        makeTask(id, { group: 'auth', fingerprint: `do ${id}` }),
      );
      const plan = runPlan([plannedTask('T1'), plannedTask('T2')], { mutexes: [lane] });
      const [, second] = draw(tasks, plan, [requested, claimed]).tasks;
      assert.ok(second);
      assert.deepEqual(look(second), expected);
    });
  }
});

describe('a task that never ran', () => {
  const only = (facts: Parameters<typeof makeTask>[1], others: readonly Task[] = []): TaskView => {
    const [first] = draw([makeTask('T1', { group: 'auth', ...facts }), ...others]).tasks;
    assert.ok(first);
    return first;
  };

  it('shows its subagent while it is pending', () => {
    assert.deepEqual(look(only({})), ['pending', 'pending', 'backend-architect']);
  });

  it('shows what its source says', () => {
    assert.deepEqual(look(only({ status: COMPLETED })), ['completed', 'completed', 'done']);
    assert.deepEqual(look(only({ status: IN_PROGRESS })), [
      'in_progress',
      'running',
      'review elsewhere',
    ]);
    const deferred = { status: 'blocked', word: 'deferred', launchable: false } as const;
    assert.deepEqual(look(only({ status: deferred })), ['blocked', 'blocked', 'deferred']);
  });

  it('waits for a task of its group', () => {
    const task = only({ dependencies: ['T2'] }, [makeTask('T2', { group: 'auth' })]);
    assert.deepEqual(look(task), ['pending', 'waiting', 'waits for T2']);
  });

  it('is blocked by a task outside its group, and names it with its status', () => {
    const task = only({ dependencies: ['T2'] }, [makeTask('T2', { status: IN_PROGRESS })]);
    assert.deepEqual(look(task), ['blocked', 'blocked', 'blocked by T2 (in progress)']);
    assert.deepEqual(task.blockedBy, [{ key: keyOf('T2'), id: 'T2', status: 'in progress' }]);
  });
});

describe('a task in a run', () => {
  const rows: readonly (readonly [string, readonly RunEventBody[], readonly string[]])[] = [
    ['queued', [], ['pending', 'queued', 'queued']],
    ['requested', [requested], ['in_progress', 'running', 'claude · starting']],
    ['claimed', [requested, claimed], ['in_progress', 'running', 'claude · running']],
    [
      'at a step',
      [requested, claimed, { type: 'attempt.progress', ...T1, ...quiet, step: 'edit src/a.ts' }],
      ['in_progress', 'running', 'claude · edit src/a.ts'],
    ],
    [
      'asking',
      [requested, { type: 'attempt.progress', ...T1, ...quiet, needsYou: 'Allow npm install?' }],
      ['in_progress', 'needs_you', 'asks: Allow npm install?'],
    ],
    [
      'throttled by itself',
      [requested, { type: 'attempt.progress', ...T1, ...quiet, throttledUntil: 5 }],
      ['in_progress', 'throttled', 'claude · throttled by its provider'],
    ],
    [
      'stopping',
      [requested, { type: 'attempt.cancel.requested', ...T1 }],
      ['in_progress', 'stopping', 'stopping'],
    ],
    ['being proven', [requested, ended(null)], ['in_progress', 'running', 'checking the evidence']],
    [
      'proven while the run goes on',
      [requested, ended(null), proof],
      ['completed', 'completed', 'backend-architect · 1 s'],
    ],
    ['failed', [requested, ended('denied')], ['failed', 'failed', 'It was denied Bash.']],
    [
      'cancelled',
      [
        requested,
        { type: 'cancel.requested', task: keyOf('T1'), by: 'a person' },
        ended('cancelled'),
      ],
      ['cancelled', 'cancelled', 'stopped · backend-architect · 2 s'],
    ],
  ];
  for (const [name, events, expected] of rows) {
    it(`is drawn while it is ${name}`, () => {
      assert.deepEqual(look(inRun(events)), expected);
    });
  }

  it('says how long it waits before it tries again', () => {
    const task = inRun([requested, ended('timeout')]);
    assert.equal(task.appearance, 'backing_off');
    assert.equal(task.dueAt, RUN_START + 2000 + 500);
  });

  it('says that it was throttled, which is no failure', () => {
    const task = inRun([requested, ended('throttled')]);
    assert.equal(task.appearance, 'throttled');
    assert.equal(task.status, 'pending');
  });

  it('names its attempts, directory and runner', () => {
    const task = inRun([requested, claimed]);
    assert.deepEqual([task.attempts, task.maxAttempts, task.runnerPid], [1, 3, 4711]);
    assert.equal(task.attemptDir, '20260101T000000Z-abcdef/T1/1');
    assert.equal(task.agent, 'claude');
  });

  it('says that it is repaired rather than tried again', () => {
    const claude = agentPlan('claude', { resume: { kind: 'argv', argv: ['c', '{session}'] } });
    const done = ended(null);
    assert.ok(done.type === 'attempt.ended');
    const lacking = { kind: 'diff' as const, ok: false, detail: 'No file changed.' };
    const lacks: RunEventBody[] = [
      requested,
      { ...done, outcome: { ...done.outcome, sessionId: 's1' } },
      { type: 'evidence.checked', ...T1, evidence: [lacking], files: [] },
    ];
    const repair: RunEventBody = {
      type: 'attempt.requested',
      task: keyOf('T1'),
      attempt: 2,
      choice: 0,
      resume: { session: 's1', why: 'repair', message: 'No file changed.' },
    };
    const plan = runPlan([plannedTask('T1', { agents: [claude] })], { repairs: 2 });
    const after = (events: readonly RunEventBody[]): TaskView | undefined =>
      draw([makeTask('T1', { group: 'auth', fingerprint: 'do T1' })], plan, events).tasks[0];
    assert.equal(after(lacks)?.detail, 'queued · repair 1 of 2');
    const task = after([...lacks, repair]);
    assert.equal(task?.detail, 'claude · repair 1 of 2 · starting');
    assert.equal(tries(task), '2, repair 1 of 2');
  });

  it('sums what ended attempts and the running one used', () => {
    const usage = { inputTokens: 100, outputTokens: 10, costUsd: 0.5 };
    const failed = ended('timeout');
    assert.ok(failed.type === 'attempt.ended');
    const task = inRun([
      requested,
      { ...failed, outcome: { ...failed.outcome, usage } },
      { type: 'wake' },
      { type: 'attempt.requested', task: keyOf('T1'), attempt: 2, choice: 0 },
      { type: 'attempt.progress', task: keyOf('T1'), attempt: 2, ...quiet, usage },
    ]);
    assert.deepEqual(task.usage, { inputTokens: 200, outputTokens: 20, costUsd: 1 });
  });
});

describe('a task after its run', () => {
  it('stays failed with its reason until it is done', () => {
    const events = [requested, ended('denied'), over];
    const task = inRun(events);
    assert.deepEqual([task.appearance, task.failure], ['failed', FAILURES.denied]);
    assert.equal(inRun(events, { status: COMPLETED }).appearance, 'completed');
  });

  it('is proven, not yet closed, where its box stayed open', () => {
    const task = inRun([requested, ended(null), proof, over]);
    assert.deepEqual(look(task), ['completed', 'proven', 'proven, not yet closed']);
  });

  it('that was done before the run began has nothing to explain, in the run or after it', () => {
    const makes = (status: Task['status']): Task =>
      makeTask('T1', { group: 'auth', fingerprint: 'do T1', status });
    const plan = runPlan([plannedTask('T1', { excluded: '[x]' }), 'T2']);
    const why = (status: Task['status'], events: readonly RunEventBody[]) =>
      draw([makes(status)], plan, events).tasks[0]?.why;
    assert.deepEqual([why(COMPLETED, []), why(COMPLETED, [over])], [null, null]);
    assert.match(why(IN_PROGRESS, []) ?? '', /^It is left out of this run/);
  });

  it('says why it could not be closed', () => {
    const refused: RunEventBody = {
      type: 'close.ended',
      task: keyOf('T1'),
      problem: 'The file is locked.',
    };
    const asked: RunEventBody = { type: 'close.requested', task: keyOf('T1') };
    const task = inRun([requested, ended(null), proof, asked, refused, over]);
    assert.equal(task.detail, 'proven, not yet closed: The file is locked.');
    assert.equal(task.closeProblem, 'The file is locked.');
  });

  it('is pending again where a person opened its box again', () => {
    const closed: RunEventBody = { type: 'close.ended', task: keyOf('T1'), problem: null };
    const asked: RunEventBody = { type: 'close.requested', task: keyOf('T1') };
    assert.equal(inRun([requested, ended(null), proof, asked, closed, over]).status, 'pending');
  });

  it('is recognised by its text when its plan was renumbered', () => {
    const drawn = draw(
      [makeTask('T9', { group: 'auth', fingerprint: 'do T1' })],
      runPlan([plannedTask('T1')]),
      [requested, ended('denied'), over],
    );
    assert.equal(drawn.tasks[0]?.appearance, 'failed');
  });
});
