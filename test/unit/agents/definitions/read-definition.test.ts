import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { PLACES } from '../../../../src/agents/definitions/places.ts';
import { readDefinition } from '../../../../src/agents/definitions/read-definition.ts';

const place = (folder: string) => {
  const found = PLACES.find((each) => each.folder === folder);
  if (found === undefined) {
    throw new Error(`There is no place ${folder}.`);
  }
  return found;
};
const CLAUDE = place('.claude/agents');
const read = (lines: readonly string[], file = 'x.md', from = CLAUDE) =>
  readDefinition(lines.join('\n'), file, from);

describe('A definition of a subagent', () => {
  it('has a name, a description and a model in its front matter, and instructions below', () => {
    const lines = ['---', 'name: docs-writer', 'description: Writes docs', 'tools: Read, Write'];
    const whole = [...lines, 'model: sonnet', '---', '', '# Who', '', 'Write for newcomers.', ''];
    assert.deepEqual(read(whole), {
      ok: true,
      value: {
        name: 'docs-writer',
        description: 'Writes docs',
        model: 'sonnet',
        tools: ['Read', 'Write'],
        instructions: '# Who\n\nWrite for newcomers.',
      },
    });
  });

  it('may have Windows line ends, a byte order mark, and nothing but a name', () => {
    const found = readDefinition('\uFEFF---\r\nname: a\r\n---\r\n', 'x.md', CLAUDE);
    assert.deepEqual(found, {
      ok: true,
      value: { name: 'a', description: null, model: null, tools: null, instructions: '' },
    });
  });

  /** The folder, the file's name, front matter, and the name and model that come of it, in its program's words. */
  const named = [
    ['.claude/agents', 'x.md', 'name: a\nmodel: inherit', 'a', null],
    [
      '.github/agents',
      'code-reviewer.agent.md',
      'name: Code Reviewer\nmodel: GPT-5 (copilot)',
      'code-reviewer',
      null,
    ],
    [
      '.github/agents',
      'planner.agent.md',
      "model: ['Claude Sonnet 4.5', 'gpt-5']",
      'planner',
      'gpt-5',
    ],
    ['.github/chatmodes', 'plan.chatmode.md', 'description: Plans', 'plan', null],
    ['.opencode/agents', 'review.md', 'mode: all\nmodel: anthropic/c-x', 'review', 'anthropic/c-x'],
    ['.gemini/agents', 'x.md', 'name: auditor\nmodel: gemini-3-pro', 'auditor', 'gemini-3-pro'],
  ] as const;
  for (const [folder, file, matter, name, model] of named) {
    it(`of ${folder} is called ${name}`, () => {
      const found = read(['---', matter, '---', 'Do it.'], file, place(folder));
      assert.ok(found.ok && found.value !== null);
      assert.deepEqual([found.value.name, found.value.model], [name, model]);
    });
  }

  /** The folder, front matter, and the tools that are left; `null`: all. */
  const restricted = [
    ['.claude/agents', 'name: a', null],
    ['.claude/agents', 'name: a\ntools: "*"', null],
    ['.claude/agents', 'name: a\ntools: []', []],
    ['.claude/agents', 'name: a\ntools: [Read, mcp__db__query]', ['Read', 'mcp__db__query']],
    [
      '.claude/agents',
      'name: a\ntools: Read, Bash(git add:*, git log:*),Grep',
      ['Read', 'Bash(git add:*, git log:*)', 'Grep'],
    ],
    ['.github/agents', "tools: ['read', 'search/codebase']", ['view', 'grep', 'rg', 'glob']],
    ['.github/agents', 'tools: fetch, our-server/query', ['web_fetch', 'our-server/query']],
    ['.github/agents', "tools: ['*']", null],
    ['.gemini/agents', 'name: a\ntools:\n  - read_file\n  - glob', ['read_file', 'glob']],
    ['.opencode/agents', "tools:\n  '*': false\n  read: true\n  grep: true", ['read', 'grep']],
    ['.opencode/agents', 'tools:\n  write: true', null],
    ['.opencode/agents', 'permission: ask', null],
  ] as const;
  for (const [folder, matter, tools] of restricted) {
    it(`of ${folder} has ${tools?.join(' and ') ?? 'all'} tools where it says ${JSON.stringify(matter)}`, () => {
      const found = read(['---', matter, '---', 'Do it.'], 'x.agent.md', place(folder));
      assert.ok(found.ok);
      assert.deepEqual(found.value?.tools, tools);
    });
  }

  it('of OpenCode keeps the tools that it neither switches off nor forbids', () => {
    const matter =
      'tools:\n  bash: false\n  my_tool: true\npermission:\n  edit: deny\n  webfetch: ask';
    const found = read(['---', matter, '---', ''], 'x.md', place('.opencode/agents'));
    assert.ok(found.ok);
    const tools = found.value?.tools ?? [];
    assert.deepEqual(
      ['bash', 'edit', 'write', 'read', 'webfetch', 'my_tool'].map((tool) => tools.includes(tool)),
      [false, false, false, true, true, true],
    );
  });

  for (const matter of ['disable: true', 'kind: remote\nname: far']) {
    it(`defines nobody where it says ${matter.split('\n')[0] ?? ''}`, () => {
      assert.deepEqual(read(['---', matter, '---'], 'x.md', place('.gemini/agents')), {
        ok: true,
        value: null,
      });
    });
  }

  /** Content, the line of the mistake, and words of what is said. */
  const wrong = [
    [['# Only text'], 1, /no front matter/],
    [['---', 'description: x', '---'], 1, /no name/],
    [['---', 'description: x', 'name: "../up"', '---'], 3, /name is not one/],
    [['---', 'name: a', 'model: --dangerously-skip', '---'], 3, /model "--dangerously-skip"/],
    [['---', 'name: a', 'tools: [x', '---'], 3, /not YAML/],
    [['---', 'name: a', 'tools: 7', '---'], 3, /tools has another form/],
    [['---', 'name: a', 'tools: Read, --yolo', '---'], 3, /tool "--yolo" is not/],
    [['---', 'name: a', 'description:', '  a: b', '---'], 3, /description has another form/],
  ] as const;
  for (const [lines, line, words] of wrong) {
    it(`is wrong in line ${line} where it is ${lines.join(' ')}`, () => {
      const found = read(lines);
      assert.ok(!found.ok);
      assert.match(found.failure.message, words);
      assert.equal(found.failure.line, line);
    });
  }
});

describe('The places of definitions', () => {
  it('are all told in docs/agents.md', () => {
    const page = readFileSync(new URL('../../../../docs/agents.md', import.meta.url), 'utf8');
    const told = (path: string): boolean => page.includes(`\`${path}\``);
    const missing = PLACES.map(({ in: base, folder, suffix }) =>
      base === 'home' ? `~/${folder}` : `${folder}/*${suffix}`,
    ).filter((path) => !told(path));
    assert.deepEqual(missing, []);
  });
});
