import { strict as assert } from 'node:assert';
import { HOOK_SETTINGS } from '../../../src/agents/claude/agent.ts';
import { type LaunchOptions } from '../../../src/agents/contract/agent.ts';
import { AGENTS } from '../../../src/agents/registry.ts';
import { BUILT_IN_AGENTS, isBuiltInAgent } from '../../../src/shared/agent-ids.ts';

const path = '/bin/it';
const bare = { path };
const full: LaunchOptions = {
  path,
  model: 'm-1',
  sessionId: 'u-1',
  budgetUsd: '2.5',
  tools: ['Read', 'Bash(git:*)', 'mcp__server__tool', 'Bash'],
  usageFile: '/attempt/usage.json',
};
const resumed: LaunchOptions = { ...full, resume: 's-9' };

/** Each program's command line: as short as it can be, with all that it may be told, and resuming a session. */
const HEADLESS: Readonly<
  Record<(typeof BUILT_IN_AGENTS)[number], readonly [LaunchOptions, string][]>
> = {
  claude: [
    [
      bare,
      '-p --input-format stream-json --output-format stream-json --verbose --permission-mode acceptEdits',
    ],
    [
      full,
      '-p --input-format stream-json --output-format stream-json --verbose --permission-mode acceptEdits --model m-1 --tools Read,Bash --session-id u-1 --max-budget-usd 2.5',
    ],
    [
      resumed,
      '-p --input-format stream-json --output-format stream-json --verbose --permission-mode acceptEdits --model m-1 --tools Read,Bash --resume s-9 --max-budget-usd 2.5',
    ],
  ],
  codex: [
    [bare, 'exec --json -s workspace-write -'],
    [full, 'exec --json -s workspace-write -m m-1 -'],
    [{ path, tools: ['read-only'] }, 'exec --json -s read-only -'],
    [resumed, 'exec --json -s workspace-write -m m-1 resume s-9 -'],
  ],
  gemini: [
    [bare, '-o stream-json --approval-mode auto_edit'],
    [full, '-o stream-json --approval-mode auto_edit -m m-1 --session-id u-1'],
    [resumed, '-o stream-json --approval-mode auto_edit -m m-1 -r s-9'],
  ],
  opencode: [
    [bare, 'run --format json'],
    [full, 'run --format json -m m-1'],
    [resumed, 'run --format json -m m-1 -s s-9'],
  ],
  copilot: [
    [bare, '--output-format json --stream off --allow-all-tools --no-auto-update'],
    [
      { ...full, tools: ['view', 'bash'] },
      '--output-format json --stream off --allow-all-tools --no-auto-update --model m-1 --available-tools=view --available-tools=bash --session-id u-1 --usage-output-file /attempt/usage.json',
    ],
    [
      { ...resumed, tools: undefined },
      '--output-format json --stream off --allow-all-tools --no-auto-update --model m-1 --resume=s-9 --usage-output-file /attempt/usage.json',
    ],
  ],
};

const SAYS = 'Read /p/prompt.md and do what it says.';
const INTERACTIVE: Readonly<
  Record<(typeof BUILT_IN_AGENTS)[number], readonly (readonly string[])[]>
> = {
  claude: [
    ['--permission-mode', 'acceptEdits', '--settings', HOOK_SETTINGS],
    [SAYS, '--permission-mode', 'acceptEdits', '--session-id', 'u-1', '--settings', HOOK_SETTINGS],
    ['--permission-mode', 'acceptEdits', '--resume', 's-9', '--settings', HOOK_SETTINGS],
  ],
  codex: [
    ['-s', 'workspace-write'],
    ['-s', 'workspace-write', SAYS],
    ['resume', 's-9', '-s', 'workspace-write'],
  ],
  gemini: [
    ['--approval-mode', 'auto_edit'],
    ['--approval-mode', 'auto_edit', '--session-id', 'u-1', '-i', SAYS],
    ['--approval-mode', 'auto_edit', '-r', 's-9'],
  ],
  opencode: [[], ['--prompt', SAYS], ['-s', 's-9']],
  copilot: [
    ['--no-auto-update'],
    ['--no-auto-update', '--session-id', 'u-1', '-i', SAYS],
    ['--no-auto-update', '--resume=s-9'],
  ],
};

describe('the facts of a built-in agent', () => {
  for (const id of BUILT_IN_AGENTS) {
    it(`start ${id} without a person, its prompt nowhere on the command line`, () => {
      for (const [options, line] of HEADLESS[id]) {
        assert.equal(AGENTS[id].headless(options).join(' '), `${path} ${line}`);
      }
    });

    it(`start ${id} with its own user interface, with the path of its prompt`, () => {
      const definition = AGENTS[id];
      const [plain = [], prompted = [], resumed = []] = INTERACTIVE[id];
      const promptFile = '/p/prompt.md';
      assert.deepEqual(definition.interactive({ path, promptFile: null }), [path, ...plain]);
      assert.deepEqual(definition.interactive({ path, promptFile, sessionId: 'u-1' }), [
        path,
        ...prompted,
      ]);
      const options = { path, promptFile: null, sessionId: 'u-1', resume: 's-9' };
      assert.deepEqual(definition.interactive(options), [path, ...resumed]);
    });
  }

  it('give it its prompt on an input that is closed after it, but for the one that can be talked to', () => {
    for (const { id, stdin } of Object.values(AGENTS)) {
      assert.equal(stdin, id === 'claude' ? 'conversation' : 'prompt', id);
    }
  });

  it('keep each from replacing itself in the middle of a run, and put no secret in its environment', () => {
    assert.deepEqual(
      Object.values(AGENTS).map(({ id, env }) => [id, env]),
      [
        ['claude', { DISABLE_AUTOUPDATER: '1' }],
        ['codex', {}],
        ['gemini', { GEMINI_CLI_NO_RELAUNCH: 'true' }],
        ['opencode', { OPENCODE_DISABLE_AUTOUPDATE: '1' }],
        ['copilot', {}],
      ],
    );
  });

  it('are those of the agents that have them, by their names alone', () => {
    for (const id of BUILT_IN_AGENTS) {
      assert.equal(AGENTS[id].id, id);
    }
    assert.deepEqual(['claude', 'opencode', 'run', 'mine', 'constructor'].filter(isBuiltInAgent), [
      'claude',
      'opencode',
    ]);
  });
});
