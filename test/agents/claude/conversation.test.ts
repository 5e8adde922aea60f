import { strict as assert } from 'node:assert';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { CLAUDE } from '../../../src/agents/claude/agent.ts';
import { sendMessage } from '../../../src/store/attempts/messages.ts';
import { prepareAttempt } from '../../../src/store/attempts/specification.ts';
import { attemptSpec } from '../../support/attempts.ts';
import { claude } from '../../support/model-server/clients/claude.ts';
import { clientFolder } from '../../support/model-server/clients/real-client.ts';
import { clientEnvironment } from '../../support/model-server/clients/start-client.ts';
import { type ModelServer, startModelServer } from '../../support/model-server/model-server.ts';
import { scriptWord } from '../../support/model-server/script.ts';
import { eventsOf, outcomeOf, type Prepared, startRunner } from '../../support/runner.ts';
import { skip } from '../../support/skip.ts';
import { removeDirectory, temporaryDirectory } from '../../support/temp-directory.ts';
import { SetupError } from '../../support/vscode/setup-error.ts';

describe('a conversation with the real Claude Code', function () {
  this.timeout(90_000).slow(20_000);
  let model: ModelServer;
  let root: string;
  before(async function () {
    try {
      await clientFolder(claude);
    } catch (error) {
      if (!(error instanceof SetupError)) {
        throw error;
      }
      skip(this, `Claude Code cannot be installed: ${error.message}`);
    }
    model = await startModelServer();
    root = temporaryDirectory();
  });
  after(async () => {
    await model.close();
    removeDirectory(root);
  });

  async function prepare(prompt: string): Promise<Prepared> {
    const dir = join(root, 'attempt');
    const home = join(root, 'home');
    const cwd = join(root, 'workspace');
    mkdirSync(cwd);
    const path = join(await clientFolder(claude), 'claude');
    const spec = attemptSpec(cwd, {
      adapter: 'claude',
      stdin: CLAUDE.stdin,
      command: { kind: 'argv', argv: CLAUDE.headless({ path }) },
      env: { ...CLAUDE.env, ...(await clientEnvironment([claude], home, model.url)) },
    });
    return { dir, ...(await prepareAttempt(dir, spec, prompt)) };
  }

  it('goes on with what a person adds, and ends by itself when there is nothing more', async () => {
    const added = join(root, 'workspace', 'added.txt');
    const slow = { step: { do: 'text', text: 'first' }, delayMs: 1500 } as const;
    const launch = await prepare(`Begin. ${scriptWord(slow)}`);
    const runner = startRunner(launch);
    const more = scriptWord(
      { do: 'write', file: added, text: 'x' },
      { do: 'text', text: 'second' },
    );
    const sent = await sendMessage(launch.dir, { text: `And this. ${more}`, by: 'test', at: 1 });
    assert.ok(sent.ok);
    assert.equal(await runner.exit, 0, runner.printed());
    assert.equal(existsSync(added), true);
    const outcome = await outcomeOf(launch);
    assert.equal(outcome.failure, null);
    assert.equal(outcome.summary, 'second');
    const steps = (await eventsOf(launch)).filter(
      (each) => each.type === 'step' && each.kind === 'hears',
    );
    assert.equal(steps.length, 1);
  });
});
