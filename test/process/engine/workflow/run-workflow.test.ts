import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { replayWorkflow } from '../../../../src/coordinator/workflow/evolve.ts';
import type { WorkflowState } from '../../../../src/coordinator/workflow/state.ts';
import { resumeWorkflow, startWorkflow } from '../../../../src/engine/workflow/run-workflow.ts';
import type { WorkflowRun } from '../../../../src/engine/workflow/workflow-run.ts';
import type { Workspace } from '../../../../src/engine/workspace/workspace.ts';
import { asTaskKey } from '../../../../src/shared/ids.ts';
import {
  newestWorkflowFile,
  readWorkflow,
  workflowDirectory,
} from '../../../../src/store/workflow/workflow-journal.ts';
import { type EngineChanges, openEngine } from '../../../support/engine-workspace.ts';
import { eventually } from '../../../support/eventually.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

describe('a workflow', function () {
  this.timeout(60_000).slow(10_000);
  let root: string;
  let workspace: Workspace | null;

  beforeEach(() => {
    root = temporaryDirectory();
    workspace = null;
  });
  afterEach(async () => {
    await workspace?.release();
    removeDirectory(root);
  });

  /** A task for a subagent, in a group of its own unless one is named. */
  const task = (id: string, subagent: string, run: string, group = id): string =>
    `- [ ] ${id} [P:Group-${group}] [Subagent: ${subagent}] Do ${id}\n  \`run: ${run}\`\n`;
  const config = {
    subagents: {
      coder: { type: 'coding' },
      tester: { type: 'test' },
      shipper: { type: 'deploying' },
      watcher: { type: 'monitor' },
    },
  };
  const read = (name: string): string =>
    existsSync(join(root, name)) ? readFileSync(join(root, name), 'utf8') : '';

  async function open(
    plan: string,
    more: object = {},
    changes: EngineChanges = {},
  ): Promise<Workspace> {
    writeFileSync(join(root, 'parallel-groups.json'), JSON.stringify({ ...config, ...more }));
    workspace = await openEngine(root, plan, changes);
    return workspace;
  }

  async function carryOut(name: string): Promise<WorkflowState> {
    assert.ok(workspace !== null);
    return finish(await startWorkflow(workspace, name));
  }

  async function finish(
    started: Awaited<ReturnType<typeof startWorkflow>>,
  ): Promise<WorkflowState> {
    assert.ok(started.ok, started.ok ? '' : started.failure.message);
    const run: WorkflowRun = started.value;
    run.start();
    await run.done;
    return run.state;
  }

  const stages = (state: WorkflowState): string[] =>
    state.history.map(
      ({ stage, loop, status }) => `${state.definition.stages[stage]?.id ?? ''} ${loop} ${status}`,
    );

  const ends = ({ ended }: WorkflowState): unknown[] => [
    ended?.status,
    ended?.exitCode,
    ended?.failures,
  ];

  it('multi stage: runs its stages in order, and records one without tasks as skipped', async () => {
    await open(task('T9', 'watcher', 'echo T9 >> log') + task('T1', 'coder', 'echo T1 >> log'));
    const state = await carryOut('default');
    assert.deepEqual(stages(state), [
      'development 0 completed',
      'devops 0 skipped',
      'monitoring 0 completed',
    ]);
    assert.equal(read('log'), 'T1\nT9\n');
    assert.deepEqual(ends(state), ['completed', 0, 0]);
  });

  it('state persistence: its journal tells the state that it ended in', async () => {
    await open(task('T1', 'coder', 'exit 0') + task('D1', 'shipper', 'exit 3'));
    const state = await carryOut('default');
    const file = await newestWorkflowFile(root, workflowDirectory(root, 'default'));
    const journal = await readWorkflow(file ?? '');
    assert.ok(journal.ok);
    assert.deepEqual(replayWorkflow(journal.value.events), state);
  });

  it('empty workflow: completes without a task, and starts no run', async () => {
    await open('Nothing to do.\n');
    const state = await carryOut('default');
    assert.deepEqual(ends(state), ['completed', 0, 0]);
    assert.ok(state.history.every(({ status }) => status === 'skipped'));
    assert.ok(!existsSync(join(root, '.parallel-groups', 'runs')));
  });

  it('failure handling: a failed task stops neither its stage nor the workflow', async () => {
    await open(
      task('T1', 'coder', 'exit 7') +
        task('T2', 'coder', 'echo T2 >> log') +
        task('D1', 'shipper', 'echo D1 >> log'),
    );
    const state = await carryOut('default');
    assert.equal(read('log'), 'T2\nD1\n');
    assert.deepEqual(ends(state), ['completed', 1, 1]);
    assert.deepEqual(state.errors, []);
    assert.equal(state.results.get(asTaskKey('tasks.md#T1'))?.status, 'failed');
  });

  it('failure handling: a task that no agent can take is in the error log, and counts as failed', async () => {
    const plan = `- [ ] T1 [P:Group-A] [Subagent: coder] Think\n${task('T2', 'coder', 'echo T2 >> log')}`;
    await open(plan, { agent: 'nobody' });
    const state = await carryOut('development');
    assert.equal(read('log'), 'T2\n');
    assert.deepEqual(
      state.errors.map(({ task: key, code }) => [key, code]),
      [['tasks.md#T1', 'NO_AGENT_TYPE']],
    );
    assert.deepEqual(ends(state), ['completed', 1, 1]);
  });

  it('runs a task once that depends on one of a later group, when that is done', async () => {
    const plan =
      '- [ ] T1 [P:Group-A] [Subagent: coder] First (depends on T2)\n  `run: echo T1 >> log`\n' +
      task('T2', 'tester', 'echo T2 >> log');
    await open(plan);
    const state = await carryOut('development');
    assert.equal(read('log'), 'T2\nT1\n');
    assert.deepEqual(ends(state), ['completed', 0, 0]);
  });

  it('ends with blocked tasks where their dependency belongs to a later stage', async () => {
    const plan =
      '- [ ] T1 [P:Group-A] [Subagent: coder] First (depends on D1)\n  `run: echo T1 >> log`\n' +
      task('D1', 'shipper', 'echo D1 >> log');
    await open(plan);
    const state = await carryOut('default');
    assert.equal(read('log'), 'D1\n');
    assert.deepEqual(ends(state), ['completed', 3, 0]);
    assert.match(state.results.get(asTaskKey('tasks.md#T1'))?.message ?? '', /Blocked by D1/);
  });

  it('stage gate: a closed gate sends it back for what failed, and what succeeds then opens it', async () => {
    const gate = { requiredSuccessRate: 0.8 };
    const stage = { id: 'development', types: ['coding'], gate };
    await open(
      task('T1', 'coder', 'echo T1 >> log') +
        task('T2', 'coder', 'test -e mended || { touch mended; exit 1; }; echo T2 >> log'),
      { workflows: { gated: { stages: [stage] } } },
    );
    const state = await carryOut('gated');
    assert.deepEqual(stages(state), ['development 0 failed', 'development 1 completed']);
    assert.equal(read('log'), 'T1\nT2\n');
    assert.deepEqual(ends(state), ['completed', 0, 0]);
    assert.deepEqual(
      state.loops.map(({ why }) => why),
      ['gate'],
    );
    const findings = state.loops.flatMap((loop) => loop.findings).join('\n');
    assert.match(findings, /80 % of its tasks to succeed; 1 of 2 did/);
  });

  it('feedback loop: a failing suite sends it back to all of development until the limit', async () => {
    await open(task('T1', 'coder', 'echo T1 >> log'), {
      test: { command: ['sh', '-c', 'exit 1'] },
      workflows: {
        strict: { stages: [{ id: 'development', types: ['coding'] }], maxFeedbackLoops: 2 },
      },
    });
    const state = await carryOut('strict');
    assert.equal(read('log'), 'T1\nT1\nT1\n');
    assert.deepEqual(
      state.errors.map(({ code }) => code),
      ['MAX_FEEDBACK_LOOPS'],
    );
    assert.deepEqual(ends(state).slice(0, 2), ['failed', 1]);
    assert.equal(state.loop, 2);
  });

  it('feedback loop: what a monitor finds goes back to development with the finding, though all was done', async () => {
    const found = `printf '{"findings":["the page is slow"]}' > "$PARALLEL_GROUPS_RESULT"`;
    await open(
      task('T1', 'coder', 'echo T1 >> log') +
        task('T9', 'watcher', `echo T9 >> log; test -e told || { touch told; ${found}; }`),
    );
    const state = await carryOut('default');
    assert.deepEqual(stages(state), [
      'development 0 completed',
      'devops 0 skipped',
      'monitoring 0 completed',
      'development 1 completed',
      'devops 1 skipped',
      'monitoring 1 completed',
    ]);
    assert.equal(read('log'), 'T1\nT9\nT1\nT9\n');
    assert.deepEqual(ends(state), ['completed', 0, 0]);
    assert.deepEqual(state.loops[0]?.findings, ['T9 Do T9: the page is slow']);
  });

  it('feedback loop: the agents of development read what was found', async () => {
    const found = `printf '{"findings":["the page is slow"]}' > "$PARALLEL_GROUPS_RESULT"`;
    await open(
      '- [ ] T1 [P:Group-A] [Subagent: coder] Think\n' +
        task('T9', 'watcher', `test -e told || { touch told; ${found}; }`),
      {
        agents: { reader: { command: ['sh', '-c', 'cat >> prompts; echo ==== >> prompts'] } },
        subagents: {
          ...config.subagents,
          coder: { type: 'coding', agent: 'reader', expectsChanges: false },
        },
      },
    );
    assert.deepEqual(ends(await carryOut('default')), ['completed', 0, 0]);
    const told = read('prompts')
      .split('====')
      .map((prompt) => prompt.includes('- T9 Do T9: the page is slow'));
    assert.deepEqual(told, [false, true, false]);
  });

  it('feedback loop: a failed monitor is a finding', async () => {
    await open(
      task('T1', 'coder', 'echo T1 >> log') +
        task('T9', 'watcher', 'test -e told || { touch told; exit 9; }'),
    );
    const state = await carryOut('default');
    assert.equal(read('log'), 'T1\nT1\n');
    assert.match(state.loops[0]?.findings[0] ?? '', /T9 Do T9 failed: .*9/);
    assert.deepEqual(ends(state), ['completed', 0, 0]);
  });

  it('stops at once when it is cancelled, and starts nothing more', async () => {
    await open(
      task('T1', 'coder', 'touch begun; sleep 600') + task('D1', 'shipper', 'echo D1 >> log'),
    );
    assert.ok(workspace !== null);
    const started = await startWorkflow(workspace, 'default');
    assert.ok(started.ok);
    started.value.start();
    await eventually('the task has begun', () => existsSync(join(root, 'begun')));
    await started.value.cancel('test');
    await started.value.done;
    assert.deepEqual(ends(started.value.state), ['cancelled', 130, 0]);
    assert.equal(read('log'), '');
  });

  it('starts nothing where a person does not approve it', async () => {
    const asked: string[] = [];
    await open(
      task('T1', 'coder', 'echo T1 >> log') + task('D1', 'shipper', 'echo D1 >> log'),
      {},
      {
        askApproval: ({ id }) => {
          asked.push(id);
          return Promise.resolve(id === 'T1');
        },
      },
    );
    assert.ok(workspace !== null);
    const started = await startWorkflow(workspace, 'default');
    assert.equal(started.ok ? null : started.failure.reason, 'not_approved');
    assert.deepEqual([asked, read('log')], [['T1', 'D1'], '']);
  });

  it('refuses a workflow that nobody defined, and one that is being carried out', async () => {
    await open(task('T1', 'coder', 'sleep 600'));
    assert.ok(workspace !== null);
    const unknown = await startWorkflow(workspace, 'nightly');
    assert.match(unknown.ok ? '' : unknown.failure.message, /no workflow "nightly".*default/);
    const first = await startWorkflow(workspace, 'default');
    assert.ok(first.ok);
    const second = await startWorkflow(workspace, 'default');
    assert.equal(second.ok ? null : second.failure.reason, 'held');
    first.value.dispose();
    const third = await startWorkflow(workspace, 'default');
    assert.equal(third.ok ? null : third.failure.reason, 'unfinished');
    const resumed = await resumeWorkflow(workspace, 'default');
    assert.ok(resumed.ok);
    await resumed.value.cancel('test');
    resumed.value.start();
    await resumed.value.done;
    assert.deepEqual(ends(resumed.value.state), ['cancelled', 130, 0]);
  });
});
