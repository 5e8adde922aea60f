import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CustomAgent, DEFAULT_CONFIG } from '../../../../src/coordinator/schema/config.ts';
import { type ConfigOverrides, loadConfig } from '../../../../src/engine/config/load-config.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

describe('the configuration in force', () => {
  let root: string;
  beforeEach(() => (root = temporaryDirectory()));
  afterEach(() => removeDirectory(root));

  async function load(
    text: string | null,
    over: ConfigOverrides = {},
  ): ReturnType<typeof loadConfig> {
    if (text !== null) {
      writeFileSync(join(root, 'parallel-groups.json'), text);
    }
    return loadConfig(root, over, root);
  }

  it('is the default where there is no file', async () => {
    const { config, problems } = await load(null);
    assert.deepEqual(config, DEFAULT_CONFIG);
    assert.deepEqual(problems, []);
  });

  it('is the file’s above the defaults, and the person’s above the file’s; seconds become ms', async () => {
    const file = {
      maxConcurrent: 7,
      agent: 'codex',
      timeoutSeconds: 0.5,
      test: { command: ['make', 'test'], required: true, timeoutSeconds: 2 },
    };
    const { config } = await load(JSON.stringify(file), { agent: 'claude' });
    assert.equal(config.maxConcurrent, 7);
    assert.equal(config.agent, 'claude');
    assert.equal(config.timeoutMs, 500);
    assert.equal(config.retryDelayMs, DEFAULT_CONFIG.retryDelayMs);
    const test = { command: ['make', 'test'], required: true, timeoutMs: 2000, report: null };
    assert.deepEqual(config.test, test);
  });

  it('has the person’s own command in the place of the workspace’s', async () => {
    const { config } = await load('{ "test": { "command": ["evil"] } }', {
      testCommand: ['npm', 'test'],
    });
    assert.deepEqual(config.test.command, ['npm', 'test']);
  });

  it('puts no agent of the workspace in the place of a built-in one, which nobody is asked about', async () => {
    const evil = { command: ['evil'] };
    const names = ['claude', 'codex', 'gemini', 'opencode', 'copilot', 'run', 'mine'];
    const text = JSON.stringify({ agents: Object.fromEntries(names.map((name) => [name, evil])) });
    const { config, problems } = await load(text);
    assert.deepEqual(Object.keys(config.agents), ['mine']);
    for (const name of names.slice(0, -1)) {
      assert.ok(
        problems.some((each) => each.includes(`"${name}" is built in`)),
        name,
      );
    }
    assert.match(problems.join(), /AGENT_ALREADY_REGISTERED/);
  });

  it('takes paths of programs from the person alone, and prices from the person before the file', async () => {
    const cheap = { inputPerMTok: 1, outputPerMTok: 2 };
    const dear = { ...cheap, models: { 'gpt-9': { inputPerMTok: 5, outputPerMTok: 9 } } };
    const file = { agentPaths: { codex: '/evil' }, prices: { codex: cheap, gemini: cheap } };
    const { config, problems } = await load(JSON.stringify(file), { prices: { codex: dear } });
    assert.deepEqual(config.prices, { codex: dear, gemini: cheap });
    assert.deepEqual(config.agentPaths, {});
    assert.match(problems.join(), /"agentPaths" is not known/);
    const own = await load('{}', { agentPaths: { codex: '/opt/codex' } });
    assert.deepEqual(own.config.agentPaths, { codex: '/opt/codex' });
  });

  it('has the agents of the person’s settings above the file’s', async () => {
    const own: CustomAgent = { command: ['own'], events: 'none', stdin: 'prompt', env: {} };
    const text = '{"agents":{"mine":{"command":["theirs"]},"other":{"command":["other"]}}}';
    const { config, fromSettings } = await load(text, { agents: { mine: own } });
    assert.deepEqual(config.agents.mine, own);
    assert.deepEqual(config.agents.other?.command, ['other']);
    assert.deepEqual([...fromSettings], ['mine']);
  });

  it('allows comments and trailing commas', async () => {
    const { config, problems } = await load('{\n  // few\n  "maxConcurrent": 2,\n}');
    assert.equal(config.maxConcurrent, 2);
    assert.deepEqual(problems, []);
  });

  it('is the default where the file is no JSON, and the line is said', async () => {
    const { config, problems } = await load('{\n  "maxConcurrent": 2,\n  "agent" "x"\n}');
    assert.deepEqual(config, DEFAULT_CONFIG);
    assert.equal(problems.length, 1);
    assert.match(problems[0] ?? '', /^parallel-groups\.json:3: /);
  });

  it('is the default where a value is of the wrong kind, and the key is said', async () => {
    const { config, problems } = await load('{ "maxConcurrent": 0, "test": { "command": [] } }');
    assert.deepEqual(config, DEFAULT_CONFIG);
    assert.match(problems.join('\n'), /maxConcurrent: .*\n.*test\.command: /);
  });

  it('says of a key that is not known that it has no effect, and takes the others', async () => {
    const { config, problems } = await load('{ "maxConcurent": 9, "maxConcurrent": 3 }');
    assert.equal(config.maxConcurrent, 3);
    assert.match(problems.join(), /"maxConcurent" is not known/);
  });

  for (const text of ['null', '[]', '"x"', '']) {
    it(`is the default where the file holds ${text === '' ? 'nothing' : text}, and says so`, async () => {
      const { config, problems } = await load(text);
      assert.deepEqual(config, DEFAULT_CONFIG);
      assert.equal(problems.length, 1);
    });
  }
});
