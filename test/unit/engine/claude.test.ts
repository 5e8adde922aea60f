import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { processTable } from '../../../src/system/process-table.ts';
import { eventually } from '../../support/eventually.ts';
import { claudeFolder } from '../../support/model-server/claude-code.ts';
import { ClaudeWorkspace } from '../../support/model-server/claude-workspace.ts';
import { type ModelServer, startModelServer } from '../../support/model-server/model-server.ts';
import { SetupError } from '../../support/vscode/setup-error.ts';

const resultSchema = z.object({
  task_id: z.string(),
  status: z.string(),
  error: z.optional(z.string()),
  attempts: z.number(),
  closed: z.boolean(),
  artifacts: z.record(z.string(), z.unknown()),
  session_id: z.nullable(z.string()),
  evidence: z.array(z.object({ kind: z.string(), ok: z.boolean(), detail: z.string() })),
  usage: z.nullable(
    z.object({
      input_tokens: z.number(),
      output_tokens: z.number(),
      cost_usd: z.nullable(z.number()),
    }),
  ),
});
const answerSchema = z.object({
  exit_code: z.number(),
  status: z.string(),
  results: z.array(resultSchema),
});
type TaskResult = z.infer<typeof resultSchema>;

const ok = { status: 'completed', closed: true };
const done = { do: 'text', text: 'All done.' } as const;

describe('the real Claude Code, with a model on loopback', function () {
  this.timeout(90_000).slow(30_000);
  let model: ModelServer;

  before(async function () {
    model = await startModelServer();
    try {
      await claudeFolder();
    } catch (error) {
      if (!(error instanceof SetupError)) throw error;
      process.stderr.write(`  Skipped, as there is no Claude Code: ${error.message}\n`);
      this.skip();
    }
  });

  after(() => model.close());

  describe('in a group whose tasks end in every way', () => {
    let workspace: ClaudeWorkspace;
    let results: ReadonlyMap<string, TaskResult>;

    before(async () => {
      workspace = new ClaudeWorkspace(model);
      // Whatever is tried again all the same uses up no retry.
      writeFileSync(workspace.file('parallel-groups.json'), '{ "maxRetries": 0 }');
      const tasks = {
        writes: [
          {
            step: { do: 'write', file: workspace.file('a.txt'), text: 'a\n' },
            usage: { input: 1000, output: 50 },
          },
          { step: done, usage: { input: 200, output: 5 } },
        ],
        boasts: [done],
        throttled: [
          { do: 'error', status: 429, times: 1 },
          { do: 'write', file: workspace.file('c.txt'), text: 'c\n' },
          done,
        ],
        refused: [{ do: 'error', status: 401 }],
        denied: [{ do: 'bash', command: `touch ${workspace.outside('secret')}` }, done],
      } as const;
      await workspace.commit(tasks);
      const ended = await (await workspace.execute('--max-concurrent', '2')).ended;
      const answer = answerSchema.parse(JSON.parse(ended.stdout));
      assert.equal(answer.exit_code, ended.exitCode);
      assert.equal(ended.exitCode, 1);
      const titles = Object.keys(tasks);
      results = new Map(answer.results.map((result, index) => [titles[index] ?? '', result]));
    });
    after(() => workspace.dispose());

    function resultOf(id: string): TaskResult {
      const result = results.get(id);
      if (result === undefined) throw new Error(`No result of ${id}.`);
      return result;
    }

    function proofOf(id: string): string[] {
      return resultOf(id).evidence.map(({ kind, ok }) => `${kind}: ${ok ? 'yes' : 'no'}`);
    }

    it('proves a task that wrote its file, and ticks its box', () => {
      assert.equal(readFileSync(workspace.file('a.txt'), 'utf8'), 'a\n');
      const { status, closed, artifacts, session_id } = resultOf('writes');
      assert.deepEqual({ status, closed }, ok);
      assert.deepEqual(artifacts.files, ['a.txt']);
      assert.match(session_id ?? '', /^[\da-f-]{36}$/);
      assert.deepEqual(proofOf('writes'), [
        'exit: yes',
        'result: yes',
        'permissions: yes',
        'diff: yes',
      ]);
      assert.match(workspace.plan(), /- \[x\] T\d \[P:Group-G\] writes/);
    });

    it('counts the tokens and what they cost', () => {
      const usage = resultOf('writes').usage;
      assert.equal(usage?.input_tokens, 1200);
      assert.equal(usage.output_tokens, 55);
      assert.ok(usage.cost_usd !== null && usage.cost_usd > 0);
    });

    it('believes no word that no file bears out, and leaves the box open', () => {
      assert.equal(resultOf('boasts').status, 'failed');
      assert.equal(resultOf('boasts').closed, false);
      assert.deepEqual(proofOf('boasts'), [
        'exit: yes',
        'result: yes',
        'permissions: yes',
        'diff: no',
      ]);
      assert.match(resultOf('boasts').error ?? '', /no file changed/);
      assert.match(workspace.plan(), /- \[ \] T\d \[P:Group-G\] boasts/);
    });

    it('waits for a provider that is throttled, and uses up no retry', () => {
      const { status, closed, attempts } = resultOf('throttled');
      assert.deepEqual({ status, closed, attempts }, { ...ok, attempts: 2 });
    });

    it('does not try again what a refused key stopped', () => {
      assert.deepEqual(
        { attempts: resultOf('refused').attempts, status: resultOf('refused').status },
        { attempts: 1, status: 'failed' },
      );
      assert.match(resultOf('refused').error ?? '', /refused the sign-in/);
      assert.match(workspace.plan(), /- \[ \] T\d \[P:Group-G\] refused/);
    });

    it('calls a task failed whose agent was denied what it wanted, and did not do it', () => {
      assert.equal(existsSync(workspace.outside('secret')), false);
      assert.equal(resultOf('denied').status, 'failed');
      assert.equal(resultOf('denied').attempts, 1);
      assert.match(resultOf('denied').error ?? '', /not allowed.*touch/);
    });
  });

  it('is ended with everything it started by Ctrl-C', async () => {
    const workspace = new ClaudeWorkspace(model);
    try {
      await workspace.commit({ hangs: [{ do: 'hang' }] });
      const running = await workspace.execute();
      await eventually('the model hangs', () => model.hanging() === 1, 60_000);
      const tree = await treeOf(running.process.pid ?? 0);
      assert.ok(tree.length >= 3, 'command line, runner host and agent');
      running.process.kill('SIGINT');
      const ended = await running.ended;
      assert.equal(ended.exitCode, 130);
      const [result] = answerSchema.parse(JSON.parse(ended.stdout)).results;
      assert.equal(result?.status, 'cancelled');
      await eventually('nothing of it lives', async () => (await living(tree)).length === 0);
      assert.match(workspace.plan(), /- \[ \] T\d \[P:Group-G\] hangs/);
    } finally {
      workspace.dispose();
    }
  });
});

/** A process and all that descend from it, by their ids. */
async function treeOf(root: number): Promise<number[]> {
  const table = (await processTable()) ?? [];
  const tree = [root];
  for (const pid of tree) {
    tree.push(...table.filter(({ parent }) => parent === pid).map((entry) => entry.pid));
  }
  return tree;
}

async function living(pids: readonly number[]): Promise<number[]> {
  return ((await processTable(pids)) ?? []).map(({ pid }) => pid);
}
