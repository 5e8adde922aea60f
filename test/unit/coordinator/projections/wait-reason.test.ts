import { strict as assert } from 'node:assert';
import type { Holder } from '../../../../src/coordinator/projections/project-run.ts';
import {
  notStartedReason,
  waitReason,
} from '../../../../src/coordinator/projections/wait-reason.ts';
import type { RunEventBody } from '../../../../src/coordinator/schema/events.ts';
import type { RunSpec } from '../../../../src/coordinator/schema/run-spec.ts';
import type { SourceStatus } from '../../../../src/coordinator/schema/task.ts';
import { agentPlan, keyOf, plannedTask, runPlan } from '../../../support/coordinator/plans.ts';
import { launchedRun, Rehearsal, START } from '../../../support/coordinator/rehearsal.ts';
import { COMPLETED, IN_PROGRESS } from '../../../support/make-task.ts';

const PENDING: SourceStatus = { status: 'pending', word: 'open', launchable: true };
const MINE: Holder = { holder: 'mine', name: null, suspended: null };
const clock = (at: number): string => {
  const date = new Date(at);
  return [date.getHours(), date.getMinutes(), date.getSeconds()]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
};
const busy = { key: keyOf('ops-7'), id: 'ops-7', status: 'in progress' };
const one = (changes: Partial<RunSpec> = {}, tasks: RunSpec['tasks'] = two()): Rehearsal =>
  launchedRun(runPlan(tasks, { maxConcurrent: 1, ...changes }));
const two = (): RunSpec['tasks'] => [plannedTask('T1'), plannedTask('T2')];
const costs = (run: Rehearsal, costUsd: number): Rehearsal => {
  const usage = { inputTokens: 1, outputTokens: 1, costUsd };
  const silent = { step: null, needsYou: null, throttledUntil: null };
  const about = { task: keyOf('T1'), attempt: 1, offset: 1, usage };
  return run.happens({ type: 'attempt.progress', ...about, ...silent });
};
const told = (run: Rehearsal, event: RunEventBody): Rehearsal => run.happens(event);
/** T2 finds its agent's breaker open, and T1 is over. */
const broken = (): Rehearsal => {
  const run = launchedRun(
    runPlan([...two(), plannedTask('T3', { priority: 9 })], {
      maxConcurrent: 3,
      breaker: { failures: 2, cooldownMs: 60_000 },
      openBreakers: [{ agent: agentPlan('claude').agent, until: START + 60_000 }],
    }),
  );
  return run;
};

/** Why T2 is not running. */
const ROWS: readonly (readonly [why: string, run: () => Rehearsal, sentence: string])[] = [
  [
    'a dependency',
    () => one({}, [plannedTask('T1'), plannedTask('T2', { after: ['T1'] })]),
    'It depends on T1, which is not done yet.',
  ],
  [
    'several dependencies',
    () =>
      one({}, [
        plannedTask('T1'),
        plannedTask('T2', { after: ['T1', 'T3', 'T4'] }),
        plannedTask('T3'),
        plannedTask('T4'),
      ]),
    'It depends on T1, T3 and T4, which are not done yet.',
  ],
  [
    'something outside of the run',
    () => one({}, [plannedTask('T1'), plannedTask('T2', { blockedBy: [busy] })]),
    'It is blocked by ops-7 (in progress).',
  ],
  [
    'a dependency that failed',
    () => one({}, [plannedTask('T1'), plannedTask('T2', { after: ['T1'] })]).ends('T1', 'invalid'),
    'It is blocked by T1 (failed).',
  ],
  [
    'a file that another one changes',
    () =>
      one({
        maxConcurrent: 4,
        mutexes: [{ path: 'src/a.ts', tasks: [keyOf('T1'), keyOf('T2')], inside: [] }],
      }),
    'It must not run at the same time as T1: both name something in src/a.ts.',
  ],
  [
    'a conflict that its source names',
    () =>
      one({
        maxConcurrent: 4,
        mutexes: [{ path: null, tasks: [keyOf('T1'), keyOf('T2')], inside: [] }],
      }),
    'It must not run at the same time as T1: their source says that they conflict.',
  ],
  ['the run’s places', () => one(), 'The run has reached its limit of 1 parallel attempt.'],
  [
    'its agent’s places',
    () =>
      one(
        { maxConcurrent: 4 },
        ['T1', 'T2'].map((id) =>
          plannedTask(id, { agents: [agentPlan('codex', { maxConcurrent: 1 })] }),
        ),
      ),
    'codex may have no more than one attempt at once.',
  ],
  [
    'the window’s places',
    () => {
      const run = new Rehearsal(runPlan(['T1', 'T2']));
      return told(run, { type: 'quota.changed', quota: 1 }).prepares();
    },
    "This window's limit is used up by other runs.",
  ],
  [
    'an open breaker',
    broken,
    `claude failed too often in a row: it is tried again at ${clock(START + 60_000)}.`,
  ],
  [
    'a breaker that another task tries out',
    () => broken().wakes(60_000),
    'claude failed too often in a row, and one task is trying it out.',
  ],
  [
    'a wait before another try',
    () => one({ maxConcurrent: 2 }).ends('T2', 'timeout'),
    `Its last attempt failed, so it is tried again at ${clock(START + 500)}.`,
  ],
  [
    'a wait that its provider wants',
    () => one({ maxConcurrent: 2 }).ends('T2', 'throttled'),
    `Its provider told it to wait: it goes on at ${clock(START + 20_000)}.`,
  ],
  [
    'the budget',
    () => costs(one({ budget: { maxCostUsd: 5, maxTokens: null } }), 6),
    "The run's budget of $5.00 is spent ($6.00), so it was not started.",
  ],
  [
    'the brake',
    () =>
      told(one(), {
        type: 'launch_pause.changed',
        reason: 'only 512 MiB of memory are free, 1024 are kept free',
      }),
    'Nothing is launched just now: only 512 MiB of memory are free, 1024 are kept free.',
  ],
  [
    'a person who is asked',
    () => one({ approveEachTask: true, maxConcurrent: 2 }),
    'It waits for your approval.',
  ],
  [
    'a person who will be asked',
    () => one({ approveEachTask: true }),
    'It waits for your approval, which is asked for as soon as there is a place for it.',
  ],
  [
    'the context refresh',
    () => new Rehearsal(runPlan(two())),
    'The run first refreshes the context.',
  ],
  [
    'the tests before',
    () => new Rehearsal(runPlan(two())).checks('refresh'),
    'The run first runs the tests as they are before any change.',
  ],
  [
    'the order of the plan',
    () => one({ sequential: true }),
    'These tasks run one after the other, and T1 is not over yet.',
  ],
  [
    'no agent that may do it',
    () =>
      one({}, [
        plannedTask('T1'),
        plannedTask('T2', {
          agents: [],
          refusal: 'The policy allowedAgents does not allow codex.',
          code: 'POLICY_VIOLATION',
        }),
      ]),
    'The policy allowedAgents does not allow codex.',
  ],
  [
    'what its plan said when the run began',
    () => one({}, [plannedTask('T1'), plannedTask('T2', { excluded: 'in progress' })]),
    'It is left out of this run: when the run began it was “in progress”.',
  ],
];

describe('why a task is not running', () => {
  for (const [why, play, expected] of ROWS) {
    it(`is ${why}`, () => {
      const { run } = play();
      const record = run.tasks.get(keyOf('T2'));
      assert.ok(record);
      assert.equal(waitReason(run, record, MINE), expected);
    });
  }

  it('is a provider that told another task to wait', () => {
    const run = launchedRun(runPlan([...two(), 'T3'], { maxConcurrent: 2 }));
    run.ends('T1', 'throttled');
    const record = run.task('T3');
    assert.equal(
      waitReason(run.run, record, MINE),
      `claude told us to wait: nothing is asked of it before ${clock(START + 20_000)}.`,
    );
  });

  it('is a provider that has earned only some places back', () => {
    const run = launchedRun(runPlan([...two(), 'T3', 'T4'], { maxConcurrent: 3 }));
    run.ends('T1', 'throttled').wakes(20_000);
    assert.equal(
      waitReason(run.run, run.task('T4'), MINE),
      'claude was at its limit, so just now it gets no more than one attempt at once.',
    );
  });

  it('is a run that is being stopped, that goes on nowhere, or that nobody has', () => {
    const { run } = one();
    const record = run.tasks.get(keyOf('T2'));
    assert.ok(record);
    const say = (holder: Holder): string | null => waitReason(run, record, holder);
    assert.equal(
      say({ ...MINE, suspended: 'The disk is full.' }),
      'The run does not go on: The disk is full.',
    );
    assert.equal(
      say({ ...MINE, holder: 'nobody' }),
      'No process coordinates its run: resume the run.',
    );
  });

  it('is nothing for one that runs, is done, failed in its own attempt or was stopped', () => {
    const run = launchedRun(runPlan([...two(), 'T3', 'T4']));
    run.completes('T2').ends('T3', 'invalid').cancels('T4').ends('T4', 'cancelled');
    const says = run.run.order.map((record) => waitReason(run.run, record, MINE));
    assert.deepEqual(says, [null, null, null, null]);
  });
});

describe('why a task that no run has to do with is not running', () => {
  const idle = { blockers: [], live: false, allowed: true };
  const rows: readonly (readonly [
    SourceStatus,
    Parameters<typeof notStartedReason>[1],
    string | null,
  ])[] = [
    [PENDING, idle, 'Its group is not running.'],
    [
      PENDING,
      { ...idle, allowed: false },
      'This folder is in Restricted Mode, where nothing runs.',
    ],
    [
      PENDING,
      { ...idle, live: true },
      'It came into the plan after the run had begun, so the next run does it.',
    ],
    [PENDING, { ...idle, blockers: [busy] }, 'It is blocked by ops-7 (in progress).'],
    [IN_PROGRESS, idle, `The plan marks it “${IN_PROGRESS.word}”: someone else is working on it.`],
    [
      { ...PENDING, word: 'deferred', launchable: false },
      idle,
      'The plan marks it “deferred”: no run starts such a task.',
    ],
    [COMPLETED, idle, null],
  ];
  for (const [status, around, expected] of rows) {
    it(expected ?? 'is nothing where it is done', () => {
      assert.equal(notStartedReason({ status }, around), expected);
    });
  }
});
