import assert from 'node:assert/strict';
import { readCodexConfig, readCodexRole } from '../../../../src/agents/definitions/read-codex.ts';

const text = (...lines: readonly string[]): string => lines.join('\n');

describe('A role of Codex', () => {
  it('has name, model, sandbox and instructions in TOML, whatever else its layer sets', () => {
    const found = readCodexRole(
      text(
        'name = "reviewer"',
        'description = "Reviews"',
        'model = "gpt-5.2-codex"',
        'model_reasoning_effort = "high"',
        'sandbox_mode = "read-only"',
        'developer_instructions = """',
        'Look for bugs.',
        'Quote the line."""',
        '[mcp_servers.docs]',
        'command = "docs"',
      ),
      null,
    );
    assert.deepEqual(found, {
      ok: true,
      value: {
        name: 'reviewer',
        description: 'Reviews',
        model: 'gpt-5.2-codex',
        tools: ['read-only'],
        instructions: 'Look for bugs.\nQuote the line.',
      },
    });
  });

  it('is called as config.toml calls it only where it has no name, and may write unless it is read-only', () => {
    const content = 'developer_instructions = "Go."\nsandbox_mode = "workspace-write"';
    const found = readCodexRole(content, 'declared');
    assert.ok(found.ok);
    assert.deepEqual([found.value.name, found.value.tools], ['declared', null]);
    const named = readCodexRole(`name = "own"\n${content}`, 'declared');
    assert.equal(named.ok ? named.value.name : null, 'own');
  });

  /** Content, the line of the mistake, and words of what is said. */
  const wrong = [
    [text('name = "a"', 'developer_instructions = """'), 2, /not TOML/],
    [text('name = "a"', 'name = "b"'), 2, /not TOML/],
    [text('name = "a"'), 1, /no developer_instructions/],
    [text('name = "a"', 'developer_instructions = "  "'), 2, /no developer_instructions/],
    [text('developer_instructions = "x"', 'name = "../a"'), 2, /name is not one/],
    [text('developer_instructions = "x"'), 1, /no name/],
    [text('developer_instructions = "x"', 'name = "a"', 'model = "--yolo"'), 3, /"--yolo" is not/],
    [text('developer_instructions = "x"', 'name = 7'), 2, /Its name has another form/],
  ] as const;
  for (const [content, line, words] of wrong) {
    it(`is wrong in line ${line} where it is ${JSON.stringify(content)}`, () => {
      const found = readCodexRole(content, null);
      assert.ok(!found.ok);
      assert.match(found.failure.message, words);
      assert.equal(found.failure.line, line);
    });
  }
});

describe('The configuration of Codex', () => {
  it('names the files of its roles, beside settings for all of them', () => {
    const found = readCodexConfig(
      text(
        'model = "gpt-5.2"',
        '[agents]',
        'max_threads = 4',
        '[agents.reviewer]',
        'description = "Reviews"',
        'config_file = "roles/reviewer.toml"',
        '[agents.explorer]',
        'description = "Explores"',
      ),
    );
    assert.deepEqual(found, {
      ok: true,
      value: [{ name: 'reviewer', file: 'roles/reviewer.toml' }],
    });
  });

  it('is wrong where it is not TOML, with the line', () => {
    const found = readCodexConfig('[agents]\nmax_threads = \n');
    assert.ok(!found.ok);
    assert.equal(found.failure.line, 2);
  });
});
