import assert from 'node:assert/strict';
import { asSourceId } from '../../../../src/shared/ids.ts';
import { companionOwner, companionsOf, formatOf } from '../../../../src/tasks/read/formats.ts';
import { taskMasterFormat } from '../../../../src/tasks/taskmaster/taskmaster-format.ts';

const path = asSourceId('.taskmaster/tasks/tasks.json');
const readText = (text: string, state: string | null = null) =>
  taskMasterFormat.read(text, path, [state]);
const read = (...tasks: readonly unknown[]) => readText(JSON.stringify({ master: { tasks } }));
const edges = (tasks: ReturnType<typeof read>['tasks']) =>
  Object.fromEntries(
    tasks.map(({ id, dependencies }) => [id, dependencies.map((key) => key.split('#')[1])]),
  );

describe('a Task Master file', () => {
  const recognised: readonly (readonly [path: string, text: string, format: string])[] = [
    ['.taskmaster/tasks/tasks.json', '{"master":{"tasks":[]}}', 'Task Master'],
    ['packages/a/.taskmaster/tasks/tasks.json', '{"tasks":[{"id":"a"}]}', 'Task Master'],
    ['.taskmaster/tasks/tasks.json', '', 'Task Master'],
    ['.taskmaster/tasks/tasks.json', '{"master":{"ta', 'Task Master'],
    ['.taskmaster/tasks/tasks.json', '[{"id":"a","title":"A"}]', 'JSON'],
    ['work.tasks.json', '{"v1":{"metadata":{},"tasks":[{"id":1}]}}', 'Task Master'],
    ['tasks.json', '{"note":"x","v1":{"tasks":[]}}', 'Task Master'],
    ['tasks/tasks.json', '{"tasks":[{"id":1,"title":"A","subtasks":[]}]}', 'Task Master'],
    ['tasks/tasks.json', '{"tasks":[{"id":1,"title":"A"}]}', 'JSON'],
    ['tasks/tasks.json', '{"tasks":[{"id":"a","subtasks":[]}]}', 'JSON'],
    ['plans/tasks.json', '{"tasks":[{"id":1,"title":"A","subtasks":[]}]}', 'JSON'],
    ['tasks.json', '{"version":"2.0.0","tasks":[{"label":"build"}]}', 'JSON'],
    ['tasks.json', '{"tasks":{"list":[]}}', 'JSON'],
    ['tasks.md', '{"master":{"tasks":[]}}', 'Markdown'],
  ];
  for (const [where, text, format] of recognised) {
    it(`is ${format === 'taskmaster' ? '' : 'not '}seen in ${where} with ${text || 'nothing in it'}`, () => {
      assert.equal(formatOf(where, text).name, format);
    });
  }

  it('is read with every field', () => {
    const { tasks, problems, onDemand } = readText(
      `{ "master": { "tasks": [
  { "id": 1, "title": "[P:Group-api] Build the API", "description": "Edit \`src/a.ts\`", "status": "review",
    "dependencies": [], "priority": "high", "details": "Step by step (depends on 9)", "testStrategy": "Call it",
    "relevantFiles": [{ "path": "./src/b.ts", "action": "modify" }],
    "metadata": { "subagent_type": "api-designer", "ticket": 7 }, "subtasks": [] }
] } }`,
    );
    assert.deepEqual([problems, onDemand], [[], []]);
    const source = asSourceId(`${path}@master`);
    assert.deepEqual(tasks, [
      {
        key: `${source}#1`,
        id: '1',
        source,
        title: 'Build the API',
        description: 'Edit `src/a.ts`\n\nDetails:\nStep by step\n\nTest strategy:\nCall it',
        status: { status: 'in_progress', word: 'review', launchable: false },
        group: { id: 'api', inferred: false },
        dependencies: [`${source}#9`],
        subagent: 'api-designer',
        fallbackAgents: [],
        skills: [],
        files: ['src/b.ts', 'src/a.ts'],
        conflictsWith: [],
        contextFiles: [],
        priority: 1,
        run: null,
        place: { file: path, line: 2 },
        fingerprint: 'build the api',
      },
    ]);
  });

  it('gives sub-tasks the ids of their parents, which are done after them, and what those wait for', () => {
    const { tasks } = read(
      { id: 1, title: 'A', dependencies: [] },
      {
        id: '2',
        title: 'B',
        dependencies: ['1', 1.5],
        subtasks: [
          { id: 1, title: 'B1', dependencies: [] },
          { id: 2, title: 'B2', dependencies: [1, '1', '2.1', '1'] },
          { id: '2.3', title: 'B3', dependencies: ['1.1', 9, 'x'] },
          { id: 4, title: 'B4', subtasks: [{ id: 1, title: 'B4a', dependencies: [2] }] },
        ],
      },
    );
    assert.deepEqual(edges(tasks), {
      '1': [],
      '2': ['1', '1.5', '2.1', '2.2', '2.3', '2.4'],
      '2.1': ['1', '1.5'],
      '2.2': ['2.1', '1', '1.5'],
      '2.3': ['1.1', '2.9', 'x', '1', '1.5'],
      '2.4': ['1', '1.5', '2.4.1'],
      '2.4.1': ['2.4.2', '1', '1.5'],
    });
  });

  const statuses: readonly (readonly [word: unknown, status: string, launchable: boolean])[] = [
    ['pending', 'pending', true],
    [undefined, 'pending', true],
    ['in-progress', 'in_progress', false],
    ['review', 'in_progress', false],
    ['done', 'completed', false],
    ['completed', 'completed', false],
    ['cancelled', 'cancelled', false],
    ['deferred', 'blocked', false],
    ['blocked', 'blocked', false],
    ['someday', 'blocked', false],
    [7, 'blocked', false],
  ];
  for (const [word, status, launchable] of statuses) {
    it(`reads the status ${String(word)} as ${status}`, () => {
      const [task] = read({ id: 1, title: 'A', status: word }).tasks;
      assert.deepEqual([task?.status.status, task?.status.launchable], [status, launchable]);
    });
  }

  const priorities = { critical: 0, high: 1, medium: 2, low: 3, '4': 2 } as const;
  for (const [word, priority] of Object.entries(priorities)) {
    it(`reads the priority ${word} as ${priority}`, () => {
      assert.equal(read({ id: 1, title: 'A', priority: word }).tasks[0]?.priority, priority);
    });
  }

  const wrong: readonly (readonly [field: string, value: unknown])[] = [
    ['priority', 'urgent'],
    ['title', 7],
    ['description', { text: 'x' }],
    ['details', ['x']],
    ['testStrategy', false],
    ['relevantFiles', 'src/a.ts'],
    ['relevantFiles', [{ file: 'src/a.ts' }]],
    ['metadata', { subagent_type: 3 }],
    ['metadata', { test: ['npm', 'test'] }],
  ];
  it('may say in its metadata how it is proven', () => {
    const metadata = { test: 'npm test', noChange: true, ticket: 7 };
    const [task] = read({ id: 1, title: 'A', metadata }).tasks;
    assert.deepEqual([task?.test, task?.noChange], ['npm test', true]);
  });

  for (const [field, value] of wrong) {
    it(`ignores ${field} ${JSON.stringify(value)} with a warning, and the task loads`, () => {
      const { tasks, problems } = read({ id: 1, title: 'A', description: 'B', [field]: value });
      assert.equal(tasks.length, 1);
      assert.deepEqual(
        problems.map(({ code, severity }) => [code, severity]),
        [['ignored-field', 'warning']],
      );
      assert.match(problems[0]?.message ?? '', new RegExp(`“1” is ignored: ${field}`));
    });
  }

  it('holds a task back for a dependency that is no id, rather than ignoring it', () => {
    assert.deepEqual(edges(read({ id: 1, title: 'A', dependencies: [null, { id: 2 }] }).tasks), {
      '1': ['null', '{"id":2}'],
    });
    assert.deepEqual(edges(read({ id: 1, title: 'A', dependencies: '2' }).tasks), { '1': ['2'] });
  });

  it('leaves out what has no id, with what is in it, and loads the rest', () => {
    const { tasks, problems } = read(
      7,
      { title: 'A', subtasks: [{ id: 1, title: 'A1' }] },
      { id: ' ', title: 'B' },
      { id: 3, subtasks: [{ title: 'no id' }, { id: 1, description: 'first\nsecond' }] },
    );
    assert.deepEqual(
      tasks.map(({ id, title, description }) => [id, title, description]),
      [
        ['3', '3', ''],
        ['3.1', 'first', 'second'],
      ],
    );
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['invalid-task', 'invalid-task', 'invalid-task', 'invalid-task'],
    );
  });

  it('tells where markers are almost ones, and of unknown statuses', () => {
    const { problems } = read({ id: 1, title: '[P: Group-a] A', status: 'odd' });
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['unknown-status', 'almost-marker'],
    );
  });
});

describe('the tags of a Task Master file', () => {
  const tagged = JSON.stringify({
    first: { tasks: [{ id: 1, title: 'F' }], metadata: {} },
    master: { metadata: {}, tasks: [{ id: 1, title: 'M', status: 'odd' }] },
    'v 2': { tasks: [] },
    other: { notes: [] },
  });
  const current: readonly (readonly [state: string | null, shown: string])[] = [
    [null, 'master'],
    ['{"currentTag":"first"}', 'first'],
    ['\uFEFF{"currentTag":"v 2"}', 'v 2'],
    ['{"currentTag":"gone"}', 'master'],
    ['{"currentTag":7}', 'master'],
    ['{"curr', 'master'],
    ['[]', 'master'],
  ];
  for (const [state, shown] of current) {
    it(`show ${shown} with the state ${String(state)}, the others on demand`, () => {
      assert.deepEqual(
        readText(tagged, state).onDemand,
        ['first', 'master', 'v 2'].filter((tag) => tag !== shown).map((tag) => `${path}@${tag}`),
      );
    });
  }

  it('show the first where there is no master', () => {
    const text = '{"b":{"tasks":[]},"1":{"tasks":[]}}';
    assert.deepEqual(readText(text).onDemand, [`${path}@1`]);
  });

  it('are sources of their own', () => {
    assert.deepEqual(
      readText(tagged).tasks.map(({ key, place }) => [key, place.file]),
      [
        [`${path}@first#1`, path],
        [`${path}@master#1`, path],
      ],
    );
    assert.deepEqual(
      readText(tagged).problems.map(({ code, source }) => [code, source]),
      [['unknown-status', `${path}@master`]],
    );
  });

  it('are none in a file of the older form, whose source is the file', () => {
    const { tasks, onDemand } = readText('{"tasks":[{"id":1,"title":"A"}],"metadata":{}}');
    assert.deepEqual([tasks[0]?.key, onDemand], [`${path}#1`, []]);
  });

  it('are chosen by the state file beside the file', () => {
    assert.deepEqual(companionsOf('a/.taskmaster/tasks/tasks.json'), ['a/.taskmaster/state.json']);
    assert.equal(companionOwner('a/.taskmaster/state.json'), 'a/.taskmaster/tasks/tasks.json');
    assert.deepEqual(companionsOf('tasks/tasks.json'), []);
    assert.equal(companionOwner('state.json'), null);
  });
});

describe('a broken Task Master file', () => {
  const broken: readonly (readonly [what: string, text: string, ids: readonly string[]])[] = [
    ['nothing in it', '', []],
    ['its end cut off', '{"master":{"tasks":[{"id":1,"title":"A"},{"id":2,"tit', ['1']],
    [
      'a sub-task cut off',
      '{"master":{"tasks":[{"id":1,"title":"A","subtasks":[{"id":1,"title":"x"},{"id":2,"ti',
      ['1.1'],
    ],
    [
      'a fault in a task',
      '{"master":{"tasks":[{"id":1 "title":"A"},{"id":2,"title":"B"}]}}',
      ['2'],
    ],
    ['a comma too many', '{"master":{"tasks":[{"id":1,"title":"A"},]}}', ['1']],
  ];
  for (const [what, text, ids] of broken) {
    it(`is read as far as it is whole, with ${what}`, () => {
      const { tasks, problems } = readText(text);
      assert.deepEqual(
        tasks.map(({ id }) => id),
        ids,
      );
      assert.deepEqual(
        problems.map(({ code }) => code),
        ['malformed-json'],
      );
    });
  }

  it('says so where it has no lists of tasks', () => {
    assert.deepEqual(
      readText('{"master":{}}').problems.map(({ code }) => code),
      ['not-a-task-file'],
    );
  });
});
