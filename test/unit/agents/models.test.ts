import assert from 'node:assert/strict';
import { isModelName } from '../../../src/agents/definitions/definition.ts';
import { knowsModel } from '../../../src/agents/registry.ts';
import { BUILT_IN_AGENTS } from '../../../src/shared/agent-ids.ts';

describe("A model's name", () => {
  /** The name, and the programs that are handed it. */
  const table = [
    ['sonnet', 'claude'],
    ['opus[1m]', 'claude'],
    ['claude-sonnet-4-6', 'claude copilot'],
    ['gpt-5.2-codex', 'codex copilot'],
    ['o3', 'codex copilot'],
    ['o4-mini', 'codex copilot'],
    ['gemini-3-pro', 'gemini copilot'],
    ['flash', 'gemini'],
    ['anthropic/claude-sonnet-4-6', 'claude codex gemini opencode copilot'],
    ['our-deployment', 'claude codex gemini copilot'],
  ] as const;
  for (const [model, programs] of table) {
    it(`${model} is handed to ${programs}`, () => {
      const known = BUILT_IN_AGENTS.filter((program) => knowsModel(program, model));
      assert.equal(known.join(' '), programs);
    });
  }

  it('is nothing that could be read as an option, or as two arguments', () => {
    const names = ['opus', '--yolo', '-x', '', 'a b', 'a\nb', 'eu.anthropic.claude-v1:0'];
    assert.deepEqual(names.filter(isModelName), ['opus', 'eu.anthropic.claude-v1:0']);
  });
});
