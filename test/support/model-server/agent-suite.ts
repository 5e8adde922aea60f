import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { AGENTS } from '../../../src/agents/registry.ts';
import type { Marker } from '../../../src/system/processes/marked-processes.ts';
import { ProcessTree } from '../../../src/system/processes/process-tree.ts';
import { eventually } from '../eventually.ts';
import { skip } from '../skip.ts';
import { SetupError } from '../vscode/setup-error.ts';
import { AgentWorkspace } from './agent-workspace.ts';
import { clientFolder, type RealClient } from './clients/real-client.ts';
import { type ModelServer, startModelServer } from './model-server.ts';
import type { ModelStep, ScriptedStep } from './script.ts';

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
export type TaskResult = z.infer<typeof resultSchema>;
const answerSchema = z.object({
  exit_code: z.number(),
  status: z.string(),
  results: z.array(resultSchema),
});

/** Properties of a client that differ between clients. */
export interface KnownOf {
  readonly client: RealClient;
  /** Whether it retries by itself when it is throttled or its stream breaks off. */
  readonly asksAgain: boolean;
  /** How often a stream has to break off before the attempt fails. */
  readonly drops: number;
  /** A step that it must not perform; `outside` is a file beside the workspace. */
  readonly forbidden: ((outside: string) => ModelStep) | null;
  /** Time limit of an attempt whose model never answers, s. */
  readonly limitSeconds: number;
}

type Steps = readonly (ModelStep | ScriptedStep)[];

const SUCCESS = { status: 'completed', closed: true };
const done: ModelStep = { do: 'text', text: 'All done.' };

/**
 * Describes the suite for every real agent: a group whose tasks end in every way, and one that is stopped in the
 * middle.
 */
export function describeAgent(known: KnownOf): void {
  const { client } = known;
  describe(`the real ${client.title}, with a model on loopback`, function () {
    // Generous: if a real client is slow, the machine is the cause.
    this.timeout(300_000).slow(60_000);
    let model: ModelServer;

    before(async function () {
      this.timeout(600_000);
      model = await startModelServer();
      try {
        await clientFolder(client);
      } catch (error) {
        if (!(error instanceof SetupError)) {
          throw error;
        }
        skip(this, `${client.title} cannot be installed: ${error.message}`);
      }
    });
    after(() => model.close());

    describeEveryEnd(known, () => model);
    itIsEndedWithAllItStarted(known, () => model);
  });
}

function describeEveryEnd(known: KnownOf, model: () => ModelServer): void {
  describe('in a group whose tasks end in every way', () => {
    let workspace: AgentWorkspace;
    let results: ReadonlyMap<string, TaskResult>;
    let left: readonly string[];

    before(async () => {
      workspace = new AgentWorkspace(model(), known.client);
      workspace.configure(configOf(known));
      const tasks = tasksOf(known, workspace);
      await workspace.commit(tasks);
      const ended = await (await workspace.execute('--max-concurrent', '3')).ended;
      left = await agentsOf(workspace);
      await nothingLivesOf(workspace);
      const answer = answerSchema.parse(JSON.parse(ended.stdout));
      assert.equal(answer.exit_code, ended.exitCode);
      assert.equal(ended.exitCode, 1);
      const titles = Object.keys(tasks);
      results = new Map(answer.results.map((result, index) => [titles[index] ?? '', result]));
    });
    after(() => workspace.dispose());

    function resultOf(title: string): TaskResult {
      const result = results.get(title);
      if (result === undefined) {
        throw new Error(`No result of ${title}.`);
      }
      return result;
    }

    function itEnds(what: string, title: string, expected: object, error?: RegExp): void {
      it(what, () => {
        const { status, closed, attempts, error: message = '' } = resultOf(title);
        assert.deepEqual({ status, closed, attempts }, expected, message);
        if (error !== undefined) {
          assert.match(message, error);
        }
        const box = closed ? 'x' : ' ';
        assert.match(
          workspace.plan(),
          new RegExp(`- \\[${box}\\] T\\d \\[P:Group-G\\] ${words(title)}`),
        );
      });
    }

    const tries = known.asksAgain ? 1 : 2;
    const failed = { status: 'failed', closed: false };
    itEnds('proves a task that wrote its file, and ticks its box', 'writes', {
      ...SUCCESS,
      attempts: 1,
    });
    itEnds('goes on after a tool that failed', 'stumbles', { ...SUCCESS, attempts: 1 });
    itEnds('believes no word that no file bears out, and has the same session mend it', 'boasts', {
      ...SUCCESS,
      attempts: 2,
    });
    itEnds('waits for a provider that is throttled, and uses up no retry', 'throttled', {
      ...SUCCESS,
      attempts: tries,
    });
    itEnds('tries again where the stream broke off', 'dropped', { ...SUCCESS, attempts: tries });
    itEnds(
      'does not try again what a refused key stopped',
      'refused',
      { ...failed, attempts: 1 },
      /refused the sign-in/,
    );
    itEnds(
      'cuts an agent off whose model never answers',
      HURRIED,
      { ...failed, attempts: 1 },
      new RegExp(`${known.limitSeconds}`),
    );

    it('tells which file the agent wrote, in which session, and what it used', () => {
      assert.equal(readFileSync(workspace.file('writes.txt'), 'utf8'), 'a\n');
      const { artifacts, session_id, evidence, usage } = resultOf('writes');
      assert.deepEqual(artifacts.files, ['writes.txt']);
      assert.match(session_id ?? '', /^[\w-]{20,}$/);
      assert.deepEqual(
        evidence.filter(({ ok }) => !ok),
        [],
      );
      assert.equal(usage?.input_tokens, 1200);
      assert.equal(usage.output_tokens, 55);
    });

    if (known.forbidden !== null) {
      it('calls a task failed whose agent was denied what it wanted, and did not do it', () => {
        assert.equal(existsSync(workspace.outside('secret')), false);
        assert.equal(resultOf('denied').status, 'failed');
        assert.match(resultOf('denied').error ?? '', /not allowed|denied/);
      });
    }

    it('leaves no process of an agent behind', () => assert.deepEqual(left, []));
  });
}

function itIsEndedWithAllItStarted({ client }: KnownOf, model: () => ModelServer): void {
  it('is ended by Ctrl-C with everything it started, in the middle of a tool', async () => {
    const workspace = new AgentWorkspace(model(), client);
    try {
      workspace.configure({ agent: client.id });
      const started = workspace.file('started');
      await workspace.commit({ works: [{ do: 'bash', command: `touch ${started}; sleep 600` }] });
      const running = await workspace.execute();
      await eventually('its tool runs', () => existsSync(started), 120_000);
      const living = await agentsOf(workspace);
      if (process.platform === 'linux') {
        assert.ok(
          living.some((each) => each.includes('sleep 600')),
          living.join('\n'),
        );
      }
      running.process.kill('SIGINT');
      const ended = await running.ended;
      assert.deepEqual(await agentsOf(workspace), []);
      await nothingLivesOf(workspace);
      assert.equal(ended.exitCode, 130);
      const [result] = answerSchema.parse(JSON.parse(ended.stdout)).results;
      assert.equal(result?.status, 'cancelled');
      assert.match(workspace.plan(), /- \[ \] T\d \[P:Group-G\] works/);
    } finally {
      workspace.dispose();
    }
  });
}

const HURRIED = 'hangs [Subagent: hurried]';

function configOf({ client, limitSeconds }: KnownOf): Parameters<AgentWorkspace['configure']>[0] {
  const definition = AGENTS[client.id];
  // The same program with a separate time limit.
  const hurried = {
    command: definition.headless({ path: definition.program }),
    events: client.id,
    stdin: definition.stdin,
    env: { ...definition.env },
    timeoutSeconds: limitSeconds,
    maxRetries: 0,
  };
  return {
    agent: client.id,
    maxRetries: 1,
    breaker: { failures: 50 },
    agents: { hurried },
    subagents: { hurried: { agent: 'hurried' } },
  };
}

function tasksOf(
  { forbidden, drops }: KnownOf,
  workspace: AgentWorkspace,
): Readonly<Record<string, Steps>> {
  const write = (name: string): ModelStep => {
    return { do: 'write', file: workspace.file(`${name}.txt`), text: 'a\n' };
  };
  const steps = forbidden === null ? [] : [forbidden(workspace.outside('secret')), done];
  // In the repair it tries the same again.
  const denied = forbidden === null ? {} : { denied: [...steps, ...steps] };
  return {
    [HURRIED]: [{ do: 'hang' }],
    writes: [
      { step: write('writes'), usage: { input: 1000, output: 50 } },
      { step: done, usage: { input: 200, output: 5 } },
    ],
    throttled: [{ do: 'error', status: 429, times: 1 }, write('throttled'), done],
    dropped: [write('dropped'), { do: 'drop', times: drops }, done],
    stumbles: [{ do: 'bash', command: 'false' }, write('stumbles'), done],
    // A resumed session continues its script; a new session would only repeat the first step.
    boasts: [done, write('boasts'), done],
    refused: [{ do: 'error', status: 401 }],
    ...denied,
  };
}

function words(title: string): string {
  return title.replace(/[[\]]/g, '\\$&');
}

/**
 * Returns the living agents of the workspace with all their descendants, including those that left their process group.
 */
async function agentsOf({ marker }: AgentWorkspace): Promise<string[]> {
  const attempts = ['1', '2'].map((attempt) => ({ ...marker, PARALLEL_GROUPS_ATTEMPT: attempt }));
  return (await Promise.all(attempts.map(living))).flat();
}

/** Waits until no process remains: the command line may end a moment before its own helpers do. */
async function nothingLivesOf({ marker }: AgentWorkspace): Promise<void> {
  await eventually('nothing of it lives', async () => (await living(marker)).length === 0);
}

async function living(marker: Marker): Promise<string[]> {
  const members = (await new ProcessTree({ root: null, marker }).members()) ?? [];
  return members.map(({ pid }) => `${pid} ${commandOf(pid)}`);
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    // It has ended, or the platform has no /proc.
    return '';
  }
}
