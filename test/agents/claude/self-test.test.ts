import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { prepareSelfTest } from '../../../src/engine/self-test/prepare-self-test.ts';
import { runSelfTest } from '../../../src/engine/self-test/run-self-test.ts';
import type { SelfTestResult } from '../../../src/engine/self-test/self-test.ts';
import { programFinder } from '../../../src/system/find-program.ts';
import { processTable } from '../../../src/system/processes/process-table.ts';
import { configOf } from '../../support/config.ts';
import { eventually } from '../../support/eventually.ts';
import { claude } from '../../support/model-server/clients/claude.ts';
import { clientFolder } from '../../support/model-server/clients/real-client.ts';
import { clientEnvironment } from '../../support/model-server/clients/start-client.ts';
import { type ModelServer, startModelServer } from '../../support/model-server/model-server.ts';
import { type ModelStep, scriptWord } from '../../support/model-server/script.ts';
import { RUNNER } from '../../support/runner.ts';
import { skip } from '../../support/skip.ts';
import { removeDirectory, temporaryDirectory } from '../../support/temp-directory.ts';
import { SetupError } from '../../support/vscode/setup-error.ts';

describe('the self-test of the real Claude Code, with a model on loopback', function () {
  this.timeout(90_000).slow(30_000);
  let model: ModelServer;
  let root: string;

  before(async function () {
    model = await startModelServer();
    try {
      await clientFolder(claude);
    } catch (error) {
      if (!(error instanceof SetupError)) {
        throw error;
      }
      skip(this, `Claude Code cannot be installed: ${error.message}`);
    }
  });
  after(() => model.close());
  beforeEach(() => (root = temporaryDirectory()));
  afterEach(() => removeDirectory(root));

  const scratch = () => path.join(root, 'scratch');

  /** The prompt of the test carries no script, so the model finds it in what this person tells Claude in every session. */
  async function run(
    steps: readonly ModelStep[],
    cancelled: AbortSignal = new AbortController().signal,
  ): Promise<SelfTestResult> {
    const home = path.join(root, 'home');
    const memory = path.join(home, '.claude');
    mkdirSync(memory, { recursive: true });
    writeFileSync(path.join(memory, 'CLAUDE.md'), scriptWord(...steps));
    const env = await clientEnvironment([claude], home, model.url);
    const config = configOf();
    const find = programFinder(env);
    const test = await prepareSelfTest({ agent: 'claude', config, find, folder: scratch() });
    assert.ok(test.ok, test.ok ? '' : test.failure.message);
    const runner = [process.execPath, RUNNER];
    return runSelfTest(test.value, { runner, cancelled, onStep: () => undefined, env });
  }

  it('passes it, with what it used, when it writes the file', async () => {
    const file = path.join(scratch(), 'work', 'proof.txt');
    const { failure, usage } = await run([
      { do: 'write', file, text: 'Parallel Groups was here.\n' },
      { do: 'text', text: 'Written.' },
    ]);
    assert.equal(failure, null);
    assert.equal(usage?.outputTokens, 20);
    assert.equal(existsSync(scratch()), false);
  });

  it('says that it is not signed in, and what to do, when its key is refused', async () => {
    const { failure } = await run([{ do: 'error', status: 401 }]);
    assert.equal(failure?.reason, 'authentication');
    assert.match(failure.remedy ?? '', /\/login|sign in/i);
  });

  it('leaves no process behind when it is cancelled', async () => {
    const cancel = new AbortController();
    const running = run([{ do: 'hang' }], cancel.signal);
    await eventually('Claude Code to ask', () => model.hanging() > 0, 60_000);
    cancel.abort();
    assert.equal((await running).failure?.reason, 'cancelled');
    assert.equal(model.hanging(), 0);
    const left = ((await processTable()) ?? []).filter(({ parent }) => parent === process.pid);
    assert.deepEqual(left, []);
    assert.equal(existsSync(scratch()), false);
  });
});
