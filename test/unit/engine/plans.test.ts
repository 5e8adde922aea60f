import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assemblePlan } from '../../../src/coordinator/plan/assemble-plan.ts';
import { replay } from '../../../src/coordinator/run/evolve.ts';
import type { RunState } from '../../../src/coordinator/run/state/state.ts';
import type { RunEventBody } from '../../../src/coordinator/schema/events.ts';
import { FORMAT } from '../../../src/coordinator/schema/format.ts';
import type { PlannedTask, RunSpec } from '../../../src/coordinator/schema/run-spec.ts';
import type { Plan, Task } from '../../../src/coordinator/schema/task.ts';
import { planChangeEvents } from '../../../src/engine/groups/plan-changes.ts';
import { approvalItems } from '../../../src/engine/prepare/approval-items.ts';
import { withoutTasks } from '../../../src/engine/prepare/leave-out.ts';
import { prepareRun } from '../../../src/engine/prepare/prepare-run.ts';
import { configOf } from '../../support/config.ts';
import { outcome } from '../../support/coordinator/outcomes.ts';
import {
  agentPlan,
  checkPlan,
  keyOf,
  plannedTask,
  runPlan,
} from '../../support/coordinator/plans.ts';
import { COMPLETED, makeSnapshot, makeTask, type TaskFacts } from '../../support/make-task.ts';
import { removeDirectory, temporaryDirectory } from '../../support/temp-directory.ts';

function task(id: string, facts: TaskFacts = {}): Task {
  return makeTask(id, { group: 'G', run: 'exit 0', ...facts });
}

function planOf(...tasks: readonly Task[]): Plan {
  return assemblePlan([makeSnapshot('tasks.md', tasks)]);
}

/** The state after the start of `plan` and these events. */
function stateOf(plan: RunSpec, ...events: readonly RunEventBody[]): RunState {
  const all: RunEventBody[] = [{ type: 'run.started', plan }, ...events];
  const state = replay(all.map((event, index) => ({ v: FORMAT, seq: index + 1, at: 1000, event })));
  assert.ok(state !== null);
  return state;
}

describe('what a run is prepared from', () => {
  let root: string;
  beforeEach(() => (root = temporaryDirectory()));
  afterEach(() => removeDirectory(root));

  async function prepare(
    plan: Plan,
    changes: Partial<Parameters<typeof prepareRun>[0]> = {},
  ): Promise<RunSpec> {
    const [group] = plan.groups;
    assert.ok(group !== undefined);
    const rest = { now: Date.UTC(2026, 0, 2, 3, 4, 5), runner: ['node', 'runner.js'] };
    const config = configOf({ claudePath: 'no-such-program-here' });
    const options = { ...rest, group, plan, config, workspaceRoot: root };
    return prepareRun({ ...options, previous: null, retry: false, conflicts: 'apart', ...changes });
  }

  const byId = ({ tasks }: RunSpec, id: string): PlannedTask => {
    const found = tasks.find((each) => each.id === id);
    assert.ok(found !== undefined, id);
    return found;
  };

  it('keeps what is done for display only, and depends on it no more', async () => {
    const done = task('T1', { status: COMPLETED });
    const plan = await prepare(planOf(done, task('T2', { dependencies: ['T1'] })));
    assert.equal(byId(plan, 'T1').excluded, '[x]');
    assert.equal(byId(plan, 'T2').excluded, null);
    assert.deepEqual(byId(plan, 'T2').dependencies, []);
    assert.deepEqual(byId(plan, 'T2').blockedBy, []);
  });

  it('keeps how each task is to be proven', async () => {
    const config = configOf({
      agent: 'mine',
      subagents: { 'code-reviewer': {} },
      agents: { mine: { command: [process.execPath], events: 'none', stdin: 'closed', env: {} } },
      test: { command: null, timeoutMs: 7000, required: false, report: null },
    });
    const agent = { run: null };
    const tasks = [
      task('T1', { ...agent, test: 'npm test' }),
      task('T2', { ...agent, noChange: true }),
      task('T3', { ...agent, subagent: 'code-reviewer' }),
      task('T4', { test: 'npm test' }),
    ];
    const plan = await prepare(planOf(...tasks), { config, workspaceRoot: root });
    const test = { command: { kind: 'shell', line: 'npm test' }, timeoutMs: 7000 } as const;
    const own = { ...test, label: 'npm test', parser: 'none' };
    assert.deepEqual(
      plan.tasks.map((each) => [each.id, each.test, each.agents[0]?.expectsChanges]),
      [
        ['T1', own, true],
        ['T2', null, false],
        ['T3', null, false],
        ['T4', own, false],
      ],
    );
  });

  it('orders by dependencies within the group, and is blocked by open ones outside of it', async () => {
    const other = makeTask('T9', { group: 'other' });
    const tasks = [task('T1'), task('T2', { dependencies: ['T1', 'T9'] }), other];
    const plan = await prepare(planOf(...tasks));
    assert.deepEqual(byId(plan, 'T2').dependencies, [keyOf('T1')]);
    assert.deepEqual(
      byId(plan, 'T2').blockedBy.map(({ id, status }) => `${id} ${status}`),
      ['T9 pending'],
    );
  });

  it('is blocked by a task that a person leaves out', async () => {
    const whole = planOf(task('T1'), task('T2', { dependencies: ['T1'] }));
    const plan = await prepare(withoutTasks(whole, new Set([keyOf('T1')])));
    assert.equal(byId(plan, 'T1').excluded, 'left alone');
    assert.equal(byId(plan, 'T2').blockedBy[0]?.key, keyOf('T1'));
  });

  it('has an id that begins with its start, and no test command where none is found', async () => {
    const plan = await prepare(planOf(task('T1')));
    assert.match(plan.run, /^20260102T030405Z-[\da-f]{6}$/);
    assert.equal(plan.tests, null);
    assert.equal(plan.refresh.parser, 'built-in');
  });

  it('runs unmarked tasks one at a time', async () => {
    const plan = await prepare(planOf(makeTask('T1', { run: 'x' }), makeTask('T2', { run: 'y' })));
    assert.equal(plan.sequential, true);
    assert.equal(plan.maxConcurrent, 1);
  });

  it('applies the skills that are found, and warns of the others', async () => {
    mkdirSync(join(root, '.claude', 'skills', 'tdd'), { recursive: true });
    writeFileSync(join(root, '.claude', 'skills', 'tdd', 'SKILL.md'), 'Test first.');
    const plan = await prepare(planOf(task('T1', { skills: ['tdd', 'no-such-skill'] })));
    assert.deepEqual(byId(plan, 'T1').skillsApplied, ['tdd']);
    assert.match(plan.warnings.join(), /T1: the skill no-such-skill was not found/);
  });

  it('refuses, with words, a task that no agent can carry out; the others go on', async () => {
    const plan = await prepare(planOf(task('T1', { run: null }), task('T2')));
    assert.match(byId(plan, 'T1').refusal ?? '', /was not found/);
    assert.equal(byId(plan, 'T2').refusal, null);
  });

  describe('after a run before', () => {
    const tasks = [task('T1'), task('T2'), task('T3')];

    /** A run in which T1 was proven and could not be closed, and T2 failed; T3 was added later. */
    async function before(): Promise<RunState> {
      const plan = await prepare(planOf(task('T1'), task('T2')));
      const attempt = { attempt: 1, offset: 0, jitter: 0 };
      return stateOf(
        { ...plan, tests: null },
        { type: 'attempt.requested', task: keyOf('T1'), attempt: 1, choice: 0 },
        { type: 'attempt.requested', task: keyOf('T2'), attempt: 1, choice: 0 },
        { type: 'attempt.ended', task: keyOf('T1'), ...attempt, outcome: outcome() },
        { type: 'attempt.ended', task: keyOf('T2'), ...attempt, outcome: outcome('exit') },
        { type: 'evidence.requested', task: keyOf('T1'), attempt: 1 },
        { type: 'evidence.checked', task: keyOf('T1'), attempt: 1, evidence: [], files: [] },
        { type: 'close.requested', task: keyOf('T1') },
        { type: 'close.ended', task: keyOf('T1'), problem: 'Somebody edits the plan.' },
      );
    }

    it('carries over what was proven and is still open', async () => {
      const previous = await before();
      assert.equal(previous.tasks.get(keyOf('T1'))?.state.kind, 'completed');
      const plan = await prepare(planOf(...tasks), { previous });
      assert.equal(byId(plan, 'T1').carriedFrom, previous.plan.run);
      assert.equal(byId(plan, 'T2').carriedFrom, null);
    });

    it('carries nothing over to a task that says something else now', async () => {
      const changed = task('T1', { fingerprint: 'another task' });
      const plan = await prepare(planOf(changed, task('T2')), { previous: await before() });
      assert.equal(byId(plan, 'T1').carriedFrom, null);
    });

    it('tries again only what was left undone, where it is a retry', async () => {
      const previous = await before();
      const plan = await prepare(planOf(...tasks), { previous, retry: true });
      assert.deepEqual(
        plan.tasks.map(({ id, excluded }) => [id, excluded]),
        [
          ['T1', null],
          ['T2', null],
          ['T3', 'not part of this retry'],
        ],
      );
    });
  });
});

describe('news of the plan for a run under way', () => {
  const blocker = { key: keyOf('T9'), id: 'T9', status: 'pending' };
  const run = stateOf(runPlan([plannedTask('T1', { blockedBy: [blocker] }), 'T2']));
  const withT9 = (facts: TaskFacts, hash = 'a1b2c3'): Plan =>
    assemblePlan([{ ...makeSnapshot('tasks.md', [makeTask('T9', facts)]), hash }]);

  it('is nothing where nothing changed', () => {
    assert.deepEqual(planChangeEvents(run, withT9({}), true), []);
  });

  it('is that a dependency outside of it is done', () => {
    const change = { type: 'outside.changed', task: keyOf('T1'), blockedBy: [] };
    assert.deepEqual(planChangeEvents(run, withT9({ status: COMPLETED }), false), [change]);
  });

  it('is that a dependency has gone from the plan', () => {
    const [news] = planChangeEvents(run, planOf(), false);
    assert.ok(news?.type === 'outside.changed');
    assert.equal(news.blockedBy[0]?.status, 'unknown');
  });

  it('is that somebody else edited it; what we write ourselves is none', () => {
    assert.deepEqual(
      planChangeEvents(run, withT9({}, 'other'), true).map(({ type }) => type),
      ['plan.changed'],
    );
    assert.deepEqual(planChangeEvents(run, withT9({}, 'other'), false), []);
  });
});

describe('what a person approves', () => {
  const shell = (line: string): ReturnType<typeof agentPlan> =>
    agentPlan('run', { command: { kind: 'shell', line }, adapter: 'none', stdin: 'closed' });
  const commands = (plan: RunSpec, own: readonly (readonly string[])[] = []): unknown[] =>
    approvalItems(plan, own).map(({ command }) =>
      command.kind === 'shell' ? command.line : command.argv.join(' '),
    );
  const builtIn = { ...checkPlan('summary'), parser: 'built-in' };

  it('is every command of the workspace once, with where it comes from; built-in agents are known', () => {
    const tasks = [
      plannedTask('T1', { agents: [shell('make a'), agentPlan('mine')] }),
      plannedTask('T2', { agents: [agentPlan('mine'), agentPlan('claude')] }),
    ];
    const plan = runPlan(tasks, { refresh: builtIn });
    assert.deepEqual(commands(plan), ['make a', 'mine --print', 'npm test']);
    assert.deepEqual(
      approvalItems(plan, []).map(({ origin }) => origin),
      ['tasks.md', 'parallel-groups.json', 'workspace'],
    );
  });

  it('is the own test of a task too, whoever does it', () => {
    const test = { ...checkPlan('x'), command: { kind: 'shell', line: 'make check' } } as const;
    const plan = runPlan([plannedTask('T1', { agents: [agentPlan('claude')], test })], {
      refresh: builtIn,
      tests: null,
    });
    assert.deepEqual(
      approvalItems(plan, []).map(({ label, origin, command }) => [label, origin, command]),
      [['test of T1', 'tasks.md', { kind: 'shell', line: 'make check' }]],
    );
  });

  it('is what takes a session of a custom agent up again as well', () => {
    const resume = { kind: 'argv' as const, argv: ['mine', '--resume', '{session}'] };
    const plan = runPlan([plannedTask('T1', { agents: [agentPlan('mine', { resume })] })], {
      refresh: builtIn,
      tests: null,
    });
    assert.deepEqual(
      approvalItems(plan, []).map(({ label }) => label),
      ['agent mine', 'agent mine, taken up again'],
    );
    assert.equal(commands(plan)[1], 'mine --resume {session}');
  });

  it('leaves out what will not run, what is our own, and what the person configured', () => {
    const gone = plannedTask('T1', { excluded: '[x]', agents: [shell('make a')] });
    const plan = runPlan([gone], { refresh: builtIn });
    assert.deepEqual(commands(plan, [['npm', 'test']]), []);
    assert.deepEqual(commands(plan, [['npm', 'test', 'x']]), ['npm test']);
  });

  it('tells commands apart that differ in their environment only', () => {
    const tasks = [
      plannedTask('T1', { agents: [agentPlan('mine')] }),
      plannedTask('T2', { agents: [agentPlan('mine', { env: { PATH: '/evil' } })] }),
    ];
    const plan = runPlan(tasks, { refresh: builtIn, tests: null });
    assert.equal(approvalItems(plan, []).length, 2);
  });
});
