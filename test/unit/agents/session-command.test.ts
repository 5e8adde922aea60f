import { strict as assert } from 'node:assert';
import { sessionCommand } from '../../../src/agents/registry.ts';
import type { AdapterId } from '../../../src/shared/agent-ids.ts';

describe('the command that opens a session', () => {
  const id = '1a2b-3c';
  const table: readonly [AdapterId, string | null][] = [
    ['claude', 'claude --resume 1a2b-3c'],
    ['codex', 'codex resume 1a2b-3c'],
    ['gemini', 'gemini -r 1a2b-3c'],
    ['opencode', 'opencode -s 1a2b-3c'],
    ['copilot', 'copilot --resume=1a2b-3c'],
    ['none', null],
  ];
  for (const [adapter, expected] of table) {
    it(`of ${adapter} is ${expected ?? 'none'}`, () => {
      assert.equal(sessionCommand(adapter, id)?.join(' ') ?? null, expected);
    });
  }

  it('takes nothing for an id that could be read as something else', () => {
    for (const bad of ['', '--dangerously', '-x', 'a b', 'a;b', '../a', 'a\n', 'x'.repeat(300)]) {
      assert.equal(sessionCommand('claude', bad), null, bad);
    }
  });
});
