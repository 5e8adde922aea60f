import { strict as assert } from 'node:assert';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AGENTS } from '../../../src/agents/registry.ts';
import { findSignIn } from '../../../src/agents/sign-in.ts';
import type { BuiltInAgent } from '../../../src/shared/agent-ids.ts';
import { removeDirectory, temporaryDirectory } from '../../support/temp-directory.ts';

/** An agent, its environment (`ROOT`: the test's own folder), a file that is there, and what is seen. */
const table: readonly (readonly [
  agent: BuiltInAgent,
  env: Readonly<Record<string, string>>,
  file: string | null,
  seen: string | null,
])[] = [
  ['claude', {}, null, null],
  ['claude', { ANTHROPIC_API_KEY: '' }, null, null],
  ['claude', { ANTHROPIC_API_KEY: 'x' }, null, 'ANTHROPIC_API_KEY'],
  ['claude', { CLAUDE_CODE_USE_BEDROCK: '1' }, null, 'CLAUDE_CODE_USE_BEDROCK'],
  ['claude', {}, '.claude/.credentials.json', '~/.claude/.credentials.json'],
  ['claude', { CLAUDE_CONFIG_DIR: 'ROOT/c' }, 'c/.credentials.json', 'ROOT/c/.credentials.json'],
  ['claude', { CLAUDE_CONFIG_DIR: 'ROOT/c' }, '.claude/.credentials.json', null],
  ['codex', { CODEX_API_KEY: 'x' }, null, 'CODEX_API_KEY'],
  ['codex', { OPENAI_API_KEY: 'x' }, null, null],
  ['codex', {}, '.codex/auth.json', '~/.codex/auth.json'],
  ['codex', { CODEX_HOME: 'ROOT/x' }, 'x/auth.json', 'ROOT/x/auth.json'],
  ['gemini', { GEMINI_API_KEY: 'x' }, null, 'GEMINI_API_KEY'],
  ['gemini', {}, '.gemini/oauth_creds.json', '~/.gemini/oauth_creds.json'],
  ['opencode', { OPENROUTER_API_KEY: 'x' }, null, 'OPENROUTER_API_KEY'],
  ['opencode', {}, '.local/share/opencode/auth.json', '~/.local/share/opencode/auth.json'],
  ['opencode', { XDG_DATA_HOME: 'ROOT/d' }, 'd/opencode/auth.json', 'ROOT/d/opencode/auth.json'],
  ['copilot', { GH_TOKEN: 'x' }, null, 'GH_TOKEN'],
  ['copilot', {}, '.copilot/config.json', null],
];

describe('a look for a sign-in', () => {
  let root: string;
  beforeEach(() => (root = temporaryDirectory()));
  afterEach(() => removeDirectory(root));

  for (const [agent, env, file, seen] of table) {
    const where = [...Object.keys(env), ...(file === null ? [] : [file])].join(' and ');
    it(`sees ${seen ?? 'none'} of ${agent} where there is ${where === '' ? 'nothing' : where}`, async () => {
      const here = (text: string): string => text.replace('ROOT', root);
      if (file !== null) {
        mkdirSync(dirname(join(root, file)), { recursive: true });
        writeFileSync(join(root, file), '{}');
      }
      const given = Object.fromEntries(
        Object.entries(env).map(([name, value]) => [name, here(value)]),
      );
      const found = await findSignIn(AGENTS[agent], given, root);
      assert.equal(found.seen, seen === null ? null : here(seen));
      assert.equal(found.how, AGENTS[agent].signIn);
    });
  }

  it('takes an empty file for none, and never a folder', async () => {
    mkdirSync(join(root, '.codex/auth.json'), { recursive: true });
    mkdirSync(join(root, '.claude'));
    writeFileSync(join(root, '.claude/.credentials.json'), '');
    for (const id of ['codex', 'claude'] as const) {
      assert.equal((await findSignIn(AGENTS[id], {}, root)).seen, null);
    }
  });
});
