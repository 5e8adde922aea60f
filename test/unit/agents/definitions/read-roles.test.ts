import assert from 'node:assert/strict';
import { readRoles } from '../../../../src/agents/definitions/read-roles.ts';

const AGENTS_MD = `# Our project

Use pnpm.

## Role: Docs writer

- **Model**: haiku
- Tools: \`Read\`, Edit

Write for newcomers.

### Style

Short sentences.

## Testing

Run everything.

## Subagents

These do the work.

### Security Auditor

Look for holes.

#### Scope

All of it.

### \`db\` for databases

Mind the indexes.

## Agent role: releaser

Tag, then push.
`;

describe('The roles of AGENTS.md', () => {
  it('are sections that say so, and those below a heading of roles, with all that stands in them', () => {
    const { roles, problems } = readRoles(AGENTS_MD);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      roles.map(({ name, line, model, tools, instructions }) => [
        ...[name, line, model, tools],
        instructions,
      ]),
      [
        [
          'docs-writer',
          5,
          'haiku',
          ['Read', 'Edit'],
          'Write for newcomers.\n\n### Style\n\nShort sentences.',
        ],
        ['security-auditor', 24, null, null, 'Look for holes.\n\n#### Scope\n\nAll of it.'],
        ['db', 32, null, null, 'Mind the indexes.'],
        ['releaser', 36, null, null, 'Tag, then push.'],
      ],
    );
  });

  /** Text in which nobody is a role. */
  const none = [
    '# Agents\n\n## Planner\n\nOur product has a planner agent.',
    '# Roles and rights\n\n## Admin\n\nMay do anything.',
    '```md\n## Role: example\n\nNot one.\n```\n',
    '> ## Role: quoted\n>\n> Not one.\n',
    'Role: writer\n\nNo heading.',
    '## Roles\n\n## Admin\n\nNot below it.',
    '# Roles\n\n### Two levels down\n\nNot directly below it.',
  ];
  for (const text of none) {
    it(`are none in ${JSON.stringify(text)}`, () => {
      assert.deepEqual(readRoles(text), { roles: [], problems: [] });
    });
  }

  /** Text, the line of the mistake, and words of what is said. */
  const wrong = [
    ['# A\n\n## Role: writer\n\n## Next\n\nText.', 3, /no instructions/],
    ['# Roles\n\n## `../up`\n\nText.', 3, /name is not one/],
    ['# Roles\n\n## a\n\nModel: --yolo\n\nText.', 3, /model "--yolo"/],
    ['# Roles\n\n## a\n\nTools: Read, -x\n\nText.', 3, /tool "-x"/],
  ] as const;
  for (const [text, line, words] of wrong) {
    it(`are wrong in line ${line} of ${JSON.stringify(text)}, and the others count`, () => {
      const { roles, problems } = readRoles(`${text}\n\n# Role: good\n\nGo.`);
      assert.deepEqual(
        roles.map(({ name }) => name),
        ['good'],
      );
      assert.equal(problems.length, 1);
      assert.equal(problems[0]?.line, line);
      assert.match(problems[0].message, words);
    });
  }
});
