import assert from 'node:assert/strict';
import { assemblePlan } from '../../../../src/coordinator/plan/assemble-plan.ts';
import type { Task } from '../../../../src/coordinator/schema/task.ts';
import { asSourceId } from '../../../../src/shared/ids.ts';
import { ccpmFormat } from '../../../../src/tasks/ccpm/ccpm-format.ts';
import { formatOf } from '../../../../src/tasks/read/formats.ts';

const epic = '.claude/epics/login';
const at = (name: string) => asSourceId(`${epic}/${name}.md`);
const read = (...lines: readonly string[]) => ccpmFormat.read(lines.join('\n'), at('002'));
const only = (...lines: readonly string[]): Task => read(...lines).tasks[0] ?? assert.fail();
const matter = (...lines: readonly string[]) => only('---', ...lines, '---', '', 'Body');
const short = (keys: readonly string[]) => keys.map((key) => key.slice(epic.length + 1)).join(' ');

describe('a task of a ccpm epic', () => {
  it('is one file', () => {
    const { tasks, problems } = read(
      '---',
      'name: Add the login endpoint',
      'status: open',
      'created: 2025-09-01T10:00:00Z',
      'github: https://github.com/a/b/issues/2',
      'depends_on: [001]',
      'parallel: true',
      'conflicts_with: [003]',
      '---',
      '',
      '# Task: Add the login endpoint',
      '',
      '- [ ] It answers 200, in `src/login.ts`',
      '[Context: docs/api.md]',
      '`run: npm run build`',
    );
    assert.deepEqual(problems, []);
    assert.deepEqual(tasks, [
      {
        key: `${epic}#002`,
        id: '002',
        source: epic,
        title: 'Add the login endpoint',
        description: '# Task: Add the login endpoint\n\n- [ ] It answers 200, in `src/login.ts`',
        status: { status: 'pending', word: 'open', launchable: true },
        group: { id: 'login', inferred: true },
        dependencies: [`${epic}#001`],
        subagent: null,
        fallbackAgents: [],
        skills: [],
        files: ['src/login.ts'],
        contextFiles: ['docs/api.md'],
        conflictsWith: [`${epic}#003`],
        priority: 2,
        run: 'npm run build',
        place: { file: `${epic}/002.md`, line: 2 },
        fingerprint: 'add the login endpoint',
      },
    ]);
  });

  const paths: readonly (readonly [path: string, format: string])[] = [
    ['.claude/epics/login/001.md', 'ccpm'],
    ['app/.claude/epics/log in/1234.md', 'ccpm'],
    ['.claude/epics/login/epic.md', 'Markdown'],
    ['.claude/epics/login/001-analysis.md', 'Markdown'],
    ['.claude/epics/001.md', 'Markdown'],
    ['claude/epics/login/001.md', 'Markdown'],
  ];
  for (const [path, format] of paths) {
    it(`${path} is read as ${format}`, () => {
      assert.equal(formatOf(path, '').name, format);
    });
  }

  const lists: readonly (readonly [written: string, names: string])[] = [
    ['depends_on: []', ''],
    ['depends_on:', ''],
    ['depends_on: null', ''],
    ['depends_on: ~', ''],
    ['depends_on: ""', ''],
    ['depends_on: # none', ''],
    ['other: x', ''],
    ['depends_on: [1]', '1'],
    ['depends_on: [001, 010]', '001 010'],
    ['depends_on: ["001", \'2\', 003.md, "#4"]', '001 2 003 4'],
    ['depends_on: 5', '5'],
    ['depends_on: 001, 002', '001 002'],
    ['depends_on:\n  - 001 # first\n  - "002"', '001 002'],
    ['depends_on:\n- 1\n- null\n-', '1'],
  ];
  for (const [written, names] of lists) {
    it(`depends on “${names}” where it says ${JSON.stringify(written)}`, () => {
      assert.equal(short(matter(written).dependencies), names);
      assert.equal(
        short(matter(written.replace('depends_on', 'conflicts_with')).conflictsWith),
        names,
      );
    });
  }

  for (const [written, grouped] of [
    ['true', true],
    ['"true"', true],
    ['Yes', true],
    ['false', false],
    ['', false],
    ['null', false],
    ['no # not yet', false],
  ] as const) {
    it(`${grouped ? 'belongs' : 'does not belong'} to the epic's group with “parallel: ${written}”`, () => {
      const { group } = matter(`parallel: ${written}`);
      assert.deepEqual(group, grouped ? { id: 'login', inferred: true } : null);
    });
  }

  it('belongs to the group that a marker names', () => {
    const task = only('---', 'name: "[P:Group-x] A"', 'parallel: true', '---');
    assert.deepEqual([task.title, task.group], ['A', { id: 'x', inferred: false }]);
  });

  const titles: readonly (readonly [what: string, lines: readonly string[], title: string])[] = [
    ['name', ['---', 'name: A', 'title: B', '---', '# C'], 'A'],
    ['title', ['---', 'title: "B: b"', '---', '# C'], 'B: b'],
    ['first heading', ['---', 'name:', '---', 'x', '```', '# no', '```', '## Task 2: C ##'], 'C'],
    ['underlined heading', ['---', 'status: open', '---', 'C', '==='], 'C'],
    ['number', ['---', 'status: open', '---', 'text'], '002'],
    ['heading where there is no front matter', ['# Task: C', '---'], 'C'],
  ];
  for (const [what, lines, title] of titles) {
    it(`is called by its ${what}`, () => assert.equal(only(...lines).title, title));
  }

  const states: readonly (readonly [written: string, status: string, launchable: boolean])[] = [
    ['status: open', 'pending', true],
    ['other: x', 'pending', true],
    ['status:', 'pending', true],
    ['status: "in-progress"', 'in_progress', false],
    ['status: Closed', 'completed', false],
    ['status: completed', 'completed', false],
    ['status: cancelled', 'cancelled', false],
    ['status: deferred', 'blocked', false],
  ];
  for (const [written, status, launchable] of states) {
    it(`is ${status} with “${written}”`, () => {
      const { tasks, problems } = read('---', written, '---');
      assert.deepEqual(problems, []);
      assert.equal(tasks[0]?.status.status, status);
      assert.equal(tasks[0].status.launchable, launchable);
    });
  }

  it('tells nobody what its comments say', () => {
    const task = only(
      '---',
      'name: A',
      '---',
      'a <!-- [P:Group-x] -->',
      '',
      '<!--',
      'run',
      '-->',
      '`<!-- c -->`',
    );
    assert.equal(task.description, 'a\n\n`<!-- c -->`');
    assert.equal(task.group, null);
  });

  it('waits for a file by its number, however many zeros either has', () => {
    const snapshot = (name: string, ...lines: readonly string[]) => ({
      file: at(name),
      format: 'ccpm',
      hash: name,
      ...ccpmFormat.read(['---', ...lines, '---'].join('\n'), at(name)),
    });
    const elsewhere = ccpmFormat.read('---\nstatus: open\n---', asSourceId('.claude/epics/x/1.md'));
    const plan = assemblePlan([
      { file: '.claude/epics/x/1.md', format: 'ccpm', hash: 'x', ...elsewhere },
      snapshot('001', 'name: a', 'conflicts_with: [2]'),
      snapshot('002', 'name: b', 'depends_on: [1]'),
      snapshot('1234', 'name: c', 'depends_on: ["0002", 001]'),
    ]);
    assert.deepEqual(plan.problems, []);
    assert.deepEqual(
      [...plan.tasks.values()].map(({ key, dependencies }) => [key, ...dependencies]),
      [
        ['.claude/epics/x#1'],
        [`${epic}#001`],
        [`${epic}#002`, `${epic}#001`],
        [`${epic}#1234`, `${epic}#002`, `${epic}#001`],
      ],
    );
    assert.equal(short(plan.tasks.get(only().key)?.dependencies ?? []), '001');
  });
});

describe('a ccpm task that cannot be read', () => {
  const broken: readonly (readonly [
    what: string,
    lines: readonly string[],
    code: string,
    where: string,
    message: RegExp,
  ])[] = [
    ['nothing', [], 'invalid-front-matter', '1:1', /no front matter\. Begin the file with/],
    ['no front matter', ['# A', 'x'], 'invalid-front-matter', '1:1', /no front matter/],
    [
      'an open end',
      ['---', 'name: a'],
      'invalid-front-matter',
      '1:1',
      /End it with the line “---”/,
    ],
    ['a colon', ['---', 'name: a: b', '---'], 'invalid-front-matter', '2:7', /in quotes/],
    [
      'a bracket',
      ['---', 'x: 1', 'depends_on: [1', '---'],
      'invalid-front-matter',
      '3:15',
      /needs quotes/,
    ],
    ['a key twice', ['---', 'name: a', 'name: b', '---'], 'invalid-front-matter', '3:1', /unique/],
    ['a list', ['---', '- a', '---'], 'invalid-front-matter', '2:1', /Write “key: value”/],
    ['text', ['---', 'a', '---'], 'invalid-front-matter', '2:1', /Write “key: value”/],
    ['an alias of nothing', ['---', 'status: *x', '---'], 'invalid-front-matter', '2:9', /./],
    [
      'a map of tasks',
      ['---', 'depends_on: {a: b}', '---'],
      'invalid-front-matter',
      '2:13',
      /Write a list/,
    ],
    [
      'a list of lists',
      ['---', 'conflicts_with: [[1]]', '---'],
      'invalid-front-matter',
      '2:17',
      /Write a list/,
    ],
    [
      'a word for yes',
      ['---', 'parallel: maybe', '---'],
      'invalid-front-matter',
      '2:11',
      /true or false/,
    ],
    ['an odd status', ['---', 'status: "odd"', '---'], 'unknown-status', '2:10', /Use open/],
    [
      'a marker in the body',
      ['---', 'name: a', '---', 'x [P: Group-a]'],
      'almost-marker',
      '4:3',
      /Write/,
    ],
    [
      'a marker in the name',
      ['---', 'name: "a [P: Group-a]"', '---'],
      'almost-marker',
      '2:8',
      /Write/,
    ],
  ];
  for (const [what, lines, code, where, message] of broken) {
    it(`because of ${what} is a problem with its place and a remedy`, () => {
      const { tasks, problems } = read(...lines);
      assert.equal(tasks.length, 1, 'others may wait for it');
      assert.equal(problems.length, 1);
      const [problem] = problems;
      assert.equal(problem?.code, code);
      assert.match(problem.message, message);
      assert.equal(problem.place.file, at('002'));
      assert.equal(`${problem.place.line}:${String(problem.range?.startColumn)}`, where);
      if (code !== 'almost-marker') {
        assert.equal(tasks[0]?.status.launchable, false);
      }
    });
  }

  it('by size or depth takes no time', () => {
    const long = `---\nstatus: odd\n---\n${'a: b\n'.repeat(20_000)}`;
    assert.deepEqual(
      ccpmFormat.read(long, at('002')).problems.map(({ code }) => code),
      ['unknown-status', 'too-large'],
    );
    for (const text of [
      `---\na: ${'['.repeat(10_000)}\n---`,
      `---\na:\n  ${'- '.repeat(7000)}b\n---`,
      `---\na:\n  ${'- a: '.repeat(3000)}b\n---`,
      `---\n${'a: b\n'.repeat(20_000)}---`,
      `---\na: &a [x]\nb: &b [*a,*a]\ndepends_on: [*b,*b]\n---`,
    ]) {
      assert.equal(ccpmFormat.read(text, at('002')).tasks[0]?.status.launchable, false);
    }
  });
});
