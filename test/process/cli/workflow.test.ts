import { strict as assert } from 'node:assert';
import * as z from 'zod/mini';
import { CliWorkspace } from '../../support/cli-workspace.ts';
import { eventually } from '../../support/eventually.ts';

/** Ends with the workspace, too. */
const WAIT = 'while test -e tasks.md && ! test -e go; do sleep 0.05; done';

const CONFIG = {
  subagents: {
    coder: { type: 'coding' },
    shipper: { type: 'deploying' },
    watcher: { type: 'monitor' },
  },
};

const report = z.object({
  version: z.literal(1),
  workflow: z.string(),
  id: z.string(),
  status: z.string(),
  exit_code: z.nullable(z.number()),
  stages: z.array(
    z.object({
      id: z.string(),
      status: z.string(),
      loop: z.number(),
      counts: z.object({ total: z.number(), completed: z.number(), failed: z.number() }),
      success_rate: z.nullable(z.number()),
      gate: z.nullable(z.object({ required: z.nullable(z.number()), open: z.boolean() })),
    }),
  ),
  feedback_loops: z.array(z.object({ from: z.string(), to: z.string(), why: z.string() })),
  results: z.array(z.object({ task_id: z.string(), stage: z.string(), status: z.string() })),
  error_log: z.array(z.object({ task_id: z.nullable(z.string()), code: z.string() })),
  failures: z.number(),
});

describe('parallel-groups workflow', function () {
  this.timeout(90_000);
  let workspace: CliWorkspace;
  afterEach(() => {
    workspace.dispose();
  });

  function open(plan: string, config: object = {}): void {
    const json = JSON.stringify({ ...CONFIG, ...config });
    workspace = new CliWorkspace({ 'tasks.md': plan, 'parallel-groups.json': json });
  }

  const task = (id: string, subagent: string, run: string): string =>
    `- [ ] ${id}: [P:Group-${id}] [Subagent: ${subagent}] Task ${id}\n  \`run: ${run}\`\n`;

  async function runWorkflow(...args: string[]): Promise<z.infer<typeof report>> {
    const { json, exit } = await workspace.json('workflow', ...args);
    const reported = report.parse(json);
    assert.equal(exit, reported.exit_code);
    return reported;
  }

  it('tells every stage, its gate and its loops, and results by task id', async () => {
    open(
      task('T-10', 'coder', 'echo T-10 >> done.txt') +
        task('T-9', 'coder', 'test -e mended || { touch mended; exit 1; }; echo T-9 >> done.txt') +
        task('W-1', 'watcher', 'echo W-1 >> done.txt'),
      {
        workflows: {
          release: {
            stages: [
              { id: 'development', types: ['coding'], gate: { requiredSuccessRate: 0.8 } },
              { id: 'devops', types: ['deploying'] },
              { id: 'monitoring', types: ['monitor'] },
            ],
          },
        },
      },
    );
    const reported = await runWorkflow('release', '--yes');
    assert.deepEqual(
      [reported.workflow, reported.status, reported.exit_code],
      ['release', 'completed', 0],
    );
    assert.deepEqual(
      reported.stages.map(({ id, status, loop, success_rate, gate }) => [
        id,
        status,
        loop,
        success_rate,
        gate?.open ?? null,
      ]),
      [
        ['development', 'failed', 0, 0.5, false],
        ['development', 'completed', 1, 1, true],
        ['devops', 'skipped', 1, null, null],
        ['monitoring', 'completed', 1, 1, true],
      ],
    );
    assert.deepEqual(reported.feedback_loops, [
      { from: 'development', to: 'development', why: 'gate' },
    ]);
    assert.deepEqual(
      reported.results.map(({ task_id }) => task_id),
      ['T-9', 'T-10', 'W-1'],
    );
    assert.equal(workspace.read('done.txt'), 'T-10\nT-9\nW-1\n');
  });

  it('goes on after kill -9 where it stood, with every command executed exactly once', async () => {
    open(
      task('T-1', 'coder', 'echo T-1 >> done.txt') +
        task('D-1', 'shipper', `echo D-1 >> done.txt; ${WAIT}`) +
        task('W-1', 'watcher', 'echo W-1 >> done.txt'),
    );
    const cli = await workspace.start('workflow', 'default', '--yes', '--json');
    await eventually('the second stage runs', () => workspace.read('done.txt') === 'T-1\nD-1\n');
    cli.child.kill('SIGKILL');
    await cli.done;
    const again = await workspace.json('workflow', 'default');
    assert.equal(again.exit, 2);
    workspace.write('go', '');
    const reported = await runWorkflow('default', '--resume');
    assert.deepEqual([reported.status, reported.exit_code], ['completed', 0]);
    assert.deepEqual(
      reported.stages.map(({ id, status }) => `${id} ${status}`),
      ['development completed', 'devops completed', 'monitoring completed'],
    );
    assert.equal(workspace.read('done.txt'), 'T-1\nD-1\nW-1\n');
  });

  it('is stopped by Ctrl-C, starts nothing more, and answers 130', async () => {
    open(
      task('T-1', 'coder', `echo T-1 >> done.txt; ${WAIT}`) +
        task('D-1', 'shipper', 'echo D-1 >> done.txt'),
    );
    const cli = await workspace.start('workflow', 'default', '--yes', '--json');
    await eventually('the first task runs', () => workspace.read('done.txt') === 'T-1\n');
    cli.child.kill('SIGINT');
    const finished = await cli.done;
    assert.equal(finished.exit, 130);
    const reported = report.parse(JSON.parse(finished.stdout));
    assert.deepEqual(
      reported.stages.map(({ id, status }) => `${id} ${status}`),
      ['development cancelled'],
    );
    assert.equal(workspace.read('done.txt'), 'T-1\n');
    assert.equal((await workspace.run('workflow', 'default', '--resume')).exit, 2);
  });

  it('lists the workflows with what their stages would run, and knows no others', async () => {
    open(task('T-1', 'coder', 'exit 0') + task('T-2', 'tester', 'exit 0'), {
      workflows: { nightly: { stages: [{ id: 'look', types: ['monitor'] }] } },
    });
    const listed = await workspace.run('workflow', '--list');
    assert.equal(listed.exit, 0);
    assert.match(listed.stdout, /^default: development \(2 tasks\) → devops \(0 tasks\)/m);
    assert.match(listed.stdout, /^nightly: look \(0 tasks\)$/m);
    const unknown = await workspace.run('workflow', 'weekly');
    assert.equal(unknown.exit, 2);
    assert.match(unknown.stderr, /no workflow "weekly".*nightly/);
    assert.equal((await workspace.run('workflow')).exit, 2);
  });
});
