import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CustomAgent } from '../../../../src/coordinator/schema/config.ts';
import { prepareSelfTest } from '../../../../src/engine/self-test/prepare-self-test.ts';
import { runSelfTest } from '../../../../src/engine/self-test/run-self-test.ts';
import type {
  PreparedSelfTest,
  SelfTestResult,
} from '../../../../src/engine/self-test/self-test.ts';
import { programFinder } from '../../../../src/system/find-program.ts';
import { FAKE_AGENT } from '../../../support/attempts.ts';
import { configOf } from '../../../support/config.ts';
import { endAll, lives, pidIn } from '../../../support/processes.ts';
import { RUNNER } from '../../../support/runner.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

const WRITES = 'write=proof.txt:Parallel Groups was here.';

describe('the self-test of an agent', function () {
  this.timeout(60_000);
  let root: string;
  beforeEach(() => (root = temporaryDirectory()));
  afterEach(() => removeDirectory(root));

  const fake = (...steps: string[]): CustomAgent => ({
    command: [process.execPath, FAKE_AGENT, ...steps],
    events: 'claude',
    stdin: 'prompt',
    env: {},
  });
  const prepare = (agent: CustomAgent, timeoutMs?: number) => {
    const config = configOf({ agents: { mine: agent } });
    const folder = join(root, 'scratch');
    return prepareSelfTest({
      agent: 'mine',
      config,
      find: programFinder(process.env),
      folder,
      timeoutMs,
    });
  };
  const prepared = async (agent: CustomAgent, timeoutMs?: number): Promise<PreparedSelfTest> => {
    const test = await prepare(agent, timeoutMs);
    assert.ok(test.ok);
    return test.value;
  };
  const run = (
    test: PreparedSelfTest,
    onStep: (step: string) => void = () => undefined,
    cancelled: AbortSignal = new AbortController().signal,
  ): Promise<SelfTestResult> =>
    runSelfTest(test, { runner: [process.execPath, RUNNER], cancelled, onStep });
  const outcome = async (...steps: string[]) => {
    const { passed, failure } = await run(await prepared(fake(...steps)));
    return passed ? 'passed' : `${failure?.reason ?? ''}: ${failure?.message ?? ''}`;
  };

  it('passes an agent that writes what it was asked for, and leaves nothing behind', async () => {
    const test = await prepared(fake('init', 'says=I write it.', WRITES, 'ok'));
    assert.deepEqual(readdirSync(root), [], 'nothing is written before the test starts');
    const steps: string[] = [];
    const result = await run(test, (step) => steps.push(step));
    assert.equal(result.failure, null);
    assert.equal(result.passed, true);
    assert.ok(result.durationMs > 0);
    assert.equal(result.usage?.outputTokens, 20);
    assert.ok(result.evidence.some(({ kind }) => kind === 'diff'));
    assert.deepEqual(steps, ['I write it.']);
    assert.deepEqual(readdirSync(root), []);
  });

  it('shows the very command that is run, with the paths filled in', async () => {
    const test = await prepared({
      ...fake(),
      command: [process.execPath, '-e', copies('process.argv[1]'), '{promptFile}'],
      events: 'none',
    });
    const { command } = test.spec;
    assert.ok(command.kind === 'argv');
    assert.equal(command.argv.at(-1), join(root, 'scratch', 'attempt', 'prompt.md'));
    assert.equal((await run(test)).failure, null);
  });

  it('gives the prompt on standard input to an agent that wants it there', async () => {
    const command = [process.execPath, '-e', copies('0')];
    assert.equal((await run(await prepared({ ...fake(), command, events: 'none' }))).passed, true);
  });

  it('says why an agent failed', async () => {
    assert.match(await outcome('init', 'ok'), /^no_evidence: It said it was done, but no file/);
    assert.match(
      await outcome('init', 'write=other.txt:x', 'ok'),
      /^no_evidence: It changed files, but proof\.txt, which it was asked for, is not there/,
    );
    assert.match(
      await outcome('init', 'edit=proof.txt', 'ok'),
      /^no_evidence: It wrote proof\.txt, but not the line/,
    );
    assert.match(await outcome('init', 'error=401'), /^authentication: /);
  });

  it('keeps the last lines that a program printed', async () => {
    const { output } = await run(
      await prepared({ ...fake('print=no such model'), events: 'none' }),
    );
    assert.equal(output, 'no such model');
  });

  it('ends everything that the agent started when it is cancelled', async () => {
    const files = { child: join(root, 'child'), stray: join(root, 'stray') };
    const steps = ['init', `touch=${files.child}`, `spawn-orphan=${files.stray}`, 'hang'];
    const cancel = new AbortController();
    const running = run(await prepared(fake(...steps)), undefined, cancel.signal);
    const pids = [await pidIn(files.child), await pidIn(files.stray)];
    try {
      cancel.abort();
      const { failure } = await running;
      assert.equal(failure?.reason, 'cancelled');
      assert.deepEqual(await Promise.all(pids.map(lives)), [false, false]);
      assert.equal(existsSync(join(root, 'scratch')), false);
    } finally {
      endAll(pids);
    }
  });

  it('ends at its time limit', async () => {
    const { failure } = await run(await prepared(fake('init', 'hang'), 800));
    assert.equal(failure?.reason, 'timeout');
  });

  it('leaves nothing open in the command of a built-in agent, whatever budget runs have', async () => {
    const budget = { maxCostUsd: 5, maxTokens: null };
    const config = configOf({ policies: { budget, allowedAgents: null, approval: 'never' } });
    const find = (name: string): Promise<string> => Promise.resolve(`/bin/${name}`);
    for (const agent of ['claude', 'codex', 'gemini', 'opencode', 'copilot']) {
      const test = await prepareSelfTest({ agent, config, find, folder: join(root, agent) });
      assert.ok(test.ok);
      const { command } = test.value.spec;
      assert.doesNotMatch(JSON.stringify(command), /[{]\w+[}]/);
    }
  });

  it('refuses what is not there, with the reason', async () => {
    const missing = await prepare({ ...fake(), command: ['no-such-program-anywhere'] });
    assert.ok(!missing.ok);
    assert.equal(missing.failure.code, 'NO_AVAILABLE_AGENT');
    assert.match(missing.failure.message, /no-such-program-anywhere/);
    const find = programFinder(process.env);
    const unknown = await prepareSelfTest({ agent: 'nobody', config: configOf({}), find });
    assert.ok(!unknown.ok);
    assert.equal(unknown.failure.code, 'NO_AGENT_TYPE');
  });
});

/** A program that writes the line that its prompt asks for; `from`: a file, or 0 for standard input. */
function copies(from: string): string {
  return [
    `const prompt = require('fs').readFileSync(${from}, 'utf8')`,
    `require('fs').writeFileSync('proof.txt', prompt.split('\\n\\n')[1])`,
  ].join(';');
}
