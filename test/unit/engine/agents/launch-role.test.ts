import assert from 'node:assert/strict';
import type { SubagentConfig } from '../../../../src/coordinator/schema/config.ts';
import { launchRole, plannedTools } from '../../../../src/engine/agents/launch-role.ts';

const written = { of: 'claude', model: 'opus', tools: ['Read'] };

describe('What a role is launched with', () => {
  /** The role, who plays it (the role's own agent is codex), and the model and tools that are handed over. */
  const table: readonly (readonly [SubagentConfig | undefined, string, unknown, unknown])[] = [
    [undefined, 'codex', null, null],
    [{ written }, 'claude', 'opus', ['Read']],
    [{ written }, 'codex', null, null],
    [{ model: 'gpt-5', tools: ['read-only'], written }, 'codex', 'gpt-5', ['read-only']],
    [{ model: 'gpt-5', tools: ['read-only'], written }, 'claude', 'opus', null],
    [{ model: 'haiku', written }, 'claude', 'haiku', ['Read']],
    [{ model: 'haiku' }, 'codex', null, null],
    [{ model: 'our-model' }, 'gemini', 'our-model', null],
    [{ model: '--yolo', tools: ['-x', 'a'] }, 'codex', null, ['a']],
    [{ model: 'gpt-5', tools: ['a'] }, 'my-agent', null, null],
  ];
  for (const [role, agent, model, tools] of table) {
    it(`by ${agent}, where it says ${JSON.stringify(role)}`, () => {
      const launch = launchRole(role, agent, 'codex');
      assert.deepEqual([launch.model, launch.tools], [model, tools]);
    });
  }

  it('keeps what it says of its tools, and in whose words, where they are not handed over', () => {
    const planned = plannedTools(launchRole({ written }, 'gemini', 'gemini'), false);
    assert.deepEqual(planned, { names: ['Read'], of: 'claude', enforced: false });
    assert.equal(plannedTools(launchRole({}, 'gemini', 'gemini'), false), null);
  });
});
