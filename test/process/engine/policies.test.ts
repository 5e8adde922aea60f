import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TaskQuestion } from '../../../src/coordinator/messages/topics.ts';
import type { RunState } from '../../../src/coordinator/run/state/state.ts';
import { createGuards } from '../../../src/engine/guards/guard-run.ts';
import type { Workspace } from '../../../src/engine/workspace/workspace.ts';
import { asGroupKey } from '../../../src/shared/ids.ts';
import { type EngineChanges, openEngine } from '../../support/engine-workspace.ts';
import { removeDirectory, temporaryDirectory } from '../../support/temp-directory.ts';

const GROUP = asGroupKey('tasks.md#a');
const OTHER = asGroupKey('tasks.md#b');
const task = (id: string, group = 'a', line = `echo ${id} >> log`): string =>
  `- [ ] ${id} [P:Group-${group}] Do ${id}\n  \`run: ${line}\`\n`;

describe('a workspace with policies', function () {
  this.timeout(60_000).slow(10_000);
  let root: string;
  let workspace: Workspace;
  beforeEach(() => {
    root = temporaryDirectory();
  });
  afterEach(async () => {
    await workspace.release();
    removeDirectory(root);
  });

  async function open(plan: string, config: object, changes: EngineChanges = {}): Promise<void> {
    writeFileSync(join(root, 'parallel-groups.json'), JSON.stringify(config));
    workspace = await openEngine(root, plan, changes);
  }

  async function run(key = GROUP): Promise<RunState> {
    const started = await workspace.starter.run(key);
    assert.ok(started.ok, JSON.stringify(started));
    await started.value.over;
    return started.value.state;
  }

  const log = (): string[] =>
    existsSync(join(root, 'log')) ? readFileSync(join(root, 'log'), 'utf8').trim().split('\n') : [];

  const kinds = ({ order }: RunState): string[] => order.map(({ state }) => state.kind);

  it('asks before every run, although its commands are known', async () => {
    const asked: string[] = [];
    const askApproval = ({ id }: { readonly id: string }): Promise<boolean> =>
      Promise.resolve(asked.push(id) < 3);
    await open(task('T1', 'a', 'false'), { policies: { approval: 'each-run' } }, { askApproval });
    await run();
    await run();
    const refused = await workspace.starter.run(GROUP);
    assert.deepEqual(asked, ['a', 'a', 'a']);
    assert.equal(
      !refused.ok && refused.failure.message,
      'a was not started: policies.approval wants every run to be approved.',
    );
  });

  it('gives a task to no agent that is not allowed, and says by whom it is not done', async () => {
    const agent = { command: ['true'], events: 'none' };
    await open(
      '- [ ] T1 [P:Group-a] Do T1 [Fallback: other]\n- [ ] T2 [P:Group-a] Do T2\n' + task('T3'),
      {
        agent: 'refused',
        agents: { refused: agent, other: agent },
        subagents: { 'backend-architect': { expectsChanges: false } },
        policies: { allowedAgents: ['other'] },
      },
    );
    const { order, plan } = await run();
    const why = 'The policy allowedAgents in parallel-groups.json does not allow refused.';
    assert.deepEqual(
      order.map(({ state, planned }) => [state.kind, planned.code]),
      [
        ['completed', null],
        ['failed', 'POLICY_VIOLATION'],
        ['completed', null],
      ],
    );
    assert.deepEqual(plan.warnings, [`T1: ${why}`]);
    assert.equal(order[1]?.planned.refusal, why);
  });

  it('asks before every task, and starts only what is allowed', async () => {
    await open(task('T1') + task('T2'), { policies: { approval: 'each-task' } });
    const asked: TaskQuestion[] = [];
    workspace.bus.respond('approval.task', (question) => {
      asked.push(question);
      return { allowed: question.id === 'T2', by: 'the test' };
    });
    const state = await run();
    assert.deepEqual(
      asked.map(({ id, how }) => [id, how]),
      [
        ['T1', 'echo T1 >> log'],
        ['T2', 'echo T2 >> log'],
      ],
    );
    assert.deepEqual(log(), ['T2']);
    assert.deepEqual(kinds(state), ['failed', 'completed']);
  });

  it('refuses what nobody can be asked about', async () => {
    await open(task('T1'), { policies: { approval: 'each-task' } });
    const state = await run();
    assert.deepEqual(kinds(state), ['failed']);
    const [first] = state.order;
    assert.equal(
      first?.state.kind === 'failed' && first.state.failure.message,
      'It was not started: this program, which has nobody to ask, refused it.',
    );
  });

  it('asks again about a task after its run was taken up', async () => {
    await open(task('T1'), { policies: { approval: 'each-task' } });
    let asked = 0;
    workspace.bus.respond('approval.task', () => {
      asked += 1;
      return asked === 1 ? null : { allowed: true, by: 'the test' };
    });
    const started = await workspace.starter.run(GROUP);
    assert.ok(started.ok);
    await until(() => asked === 1);
    await started.value.release();
    await until(() => workspace.runs.unfinished().length === 1);
    const resumed = await workspace.control.resume(GROUP);
    assert.ok(resumed.ok);
    await resumed.value.over;
    assert.deepEqual([asked, log()], [2, ['T1']]);
  });

  it('starts nothing while memory is short, and all once it is not', async () => {
    let free = 100;
    const guards = createGuards(() => free);
    await open(task('T1'), { minFreeMemoryMb: 1024 }, { guards });
    const started = await workspace.starter.run(GROUP);
    assert.ok(started.ok);
    const { state, over } = started.value;
    await until(() => state.phase === 'concurrent_execution');
    assert.deepEqual([state.live, state.policy.launchPaused !== null], [0, true]);
    free = 4096;
    await over;
    assert.deepEqual(log(), ['T1']);
  });

  it('runs no more at once in all of its groups than a window may', async () => {
    const slow = (id: string, group: string): string =>
      task(id, group, `echo starts >> log; sleep 0.1; echo ends >> log`);
    const plan = ['T1', 'T2', 'T3'].map((id) => slow(id, 'a')).join('');
    await open(plan + slow('T4', 'b') + slow('T5', 'b'), { maxConcurrentPerWindow: 1 });
    const states = await Promise.all([run(GROUP), run(OTHER)]);
    assert.ok(states.every(({ ended }) => ended?.exitCode === 0));
    assert.deepEqual(log(), Array(5).fill(['starts', 'ends']).flat());
  });
});

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
