import assert from 'node:assert/strict';
import { asSourceId } from '../../../../src/shared/ids.ts';
import { jsonFormat } from '../../../../src/tasks/json/json-format.ts';

const source = asSourceId('tasks.json');
const readText = (text: string) => jsonFormat.read(text, source);
const read = (...tasks: readonly unknown[]) => readText(JSON.stringify(tasks));
const codes = (text: string) => readText(text).problems.map(({ code }) => code);

describe('a JSON task file', () => {
  it('is read with every key', () => {
    const { tasks, problems } = readText(
      `[
  {"id":"t1","description":"[P:Group-infra] Setup DB","title":"The DB","dependencies":["t0", 7],"status":"pending",
    "subagent_type":"database-architect","fallback_agents":["codex"],"applicable_skills":["pdf"],"priority":1,
    "files":["./src/db.ts"],"context_files":["docs/db.md"],"run":"make db","owner":"nobody"}
]`,
    );
    assert.deepEqual(problems, []);
    assert.deepEqual(tasks, [
      {
        key: 'tasks.json#t1',
        id: 't1',
        source,
        title: 'The DB',
        description: ' Setup DB'.trim(),
        status: { status: 'pending', word: 'pending', launchable: true },
        group: { id: 'infra', inferred: false },
        dependencies: ['tasks.json#t0', 'tasks.json#7'],
        subagent: 'database-architect',
        fallbackAgents: ['codex'],
        skills: ['pdf'],
        files: ['src/db.ts'],
        conflictsWith: [],
        contextFiles: ['docs/db.md'],
        priority: 1,
        run: 'make db',
        place: { file: 'tasks.json', line: 2 },
        fingerprint: 'the db',
      },
    ]);
  });

  it('may be an object with the tasks in it', () => {
    assert.equal(readText('{"version":1,"tasks":[{"id":1,"title":"a"}]}').tasks[0]?.id, '1');
  });

  it('needs no more than id and description', () => {
    const [task] = read({ id: 't1', description: '[P:Group-a] Setup DB\nwith care' }).tasks;
    assert.equal(task?.title, 'Setup DB');
    assert.equal(task.description, 'with care');
    assert.equal(task.status.status, 'pending');
    assert.equal(task.priority, 2);
    assert.equal(task.subagent, null);
  });

  it('may have acceptance criteria, as a text or a list, in which no marker counts', () => {
    const { tasks, problems } = read(
      {
        id: 'a',
        title: 'A',
        description: 'Do it.',
        acceptance_criteria: ['Green.', '[P:Group-x]'],
      },
      { id: 'b', title: 'B', acceptance_criteria: 'Fast.\nSmall.' },
      { id: 'c', title: 'C', acceptance_criteria: [] },
      { id: 'd', title: 'D', acceptance_criteria: { other: 'tool' } },
    );
    assert.deepEqual(problems, []);
    assert.deepEqual(
      tasks.map(({ description, group }) => [description, group]),
      [
        ['Do it.\n\nAcceptance criteria:\n- Green.\n- [P:Group-x]', null],
        ['Acceptance criteria:\nFast.\nSmall.', null],
        ['', null],
        ['', null],
      ],
    );
  });

  it('may have its markers in the title or in the description, but not in code', () => {
    const { tasks } = read(
      { id: 'a', title: '[P:Group-x] A', description: 'edit `src/a.ts` (depends on b)' },
      { id: 'b', title: 'B', description: '```\n[P:Group-y]\n```\n<!-- [P:Group-y] -->' },
    );
    assert.deepEqual(
      tasks.map(({ title, group, files, dependencies }) => [title, group?.id, files, dependencies]),
      [
        ['A', 'x', ['src/a.ts'], ['tasks.json#b']],
        ['B', undefined, [], []],
      ],
    );
  });

  it('may keep the roles in metadata, name priorities, and leave keys null', () => {
    const [task] = read({
      id: 'a',
      title: 'A',
      description: null,
      status: null,
      metadata: { subagent_type: 'x', fallback_agents: ['y'], applicable_skills: ['z'] },
      priority: 'high',
    }).tasks;
    assert.deepEqual(
      [task?.subagent, task?.fallbackAgents, task?.skills, task?.priority],
      ['x', ['y'], ['z'], 1],
    );
  });

  it('may say how it is proven, here or in its metadata, in fields or in words', () => {
    const { tasks, problems } = read(
      { id: 'a', title: 'A', test: 'npm test', noChange: true },
      { id: 'b', title: 'B', metadata: { test: 'make check', noChange: true } },
      { id: 'c', title: 'C [No-Change]', description: 'x\n`test: go test`', noChange: false },
      { id: 'd', title: 'D', test: null, noChange: null },
    );
    assert.deepEqual(
      tasks.map(({ test, noChange }) => [test, noChange]),
      [
        ['npm test', true],
        ['make check', true],
        ['go test', undefined],
        [undefined, undefined],
      ],
    );
    assert.deepEqual(problems, []);
  });

  it('loads the rest when one task is bad, and says which and why', () => {
    const { tasks, problems } = readText(
      '[\n{"id":"a","title":"A"},\n{"id":"b","title":"B","priority":9},\n7,\n{"title":"no id"},\n{"id":"c"},\n{"id":"d","title":"D"}]',
    );
    assert.deepEqual(
      tasks.map(({ id }) => id),
      ['a', 'd'],
    );
    assert.deepEqual(
      problems.map(({ code, place }) => [code, place.line]),
      [
        ['invalid-task', 3],
        ['invalid-task', 4],
        ['invalid-task', 5],
        ['invalid-task', 6],
      ],
    );
    assert.match(problems[0]?.message ?? '', /left out: priority: /);
  });

  it('warns of a status that it does not know, and does not launch the task', () => {
    const { tasks, problems } = read({ id: 'a', title: 'A', status: 'wip' });
    assert.deepEqual(tasks[0]?.status, { status: 'blocked', launchable: false, word: 'wip' });
    assert.deepEqual(
      problems.map(({ code, severity }) => [code, severity]),
      [['unknown-status', 'warning']],
    );
  });

  it('can launch what failed again', () => {
    const [task] = read({ id: 'a', title: 'A', status: 'failed' }).tasks;
    assert.deepEqual(task?.status, { status: 'failed', launchable: true, word: 'failed' });
  });

  const malformed: readonly (readonly [what: string, text: string, ids: readonly string[]])[] = [
    ['an empty file', '', []],
    ['a file that is being written', '[{"id":"a","title":"A"},{"id":"b","tit', ['a']],
    ['a task without its end', '[{"id":"a","title":"A"},{"id":"b","title":"B"', ['a']],
    ['a fault inside a task', '[{"id":"a" "title":"A"},{"id":"b","title":"B"}]', ['b']],
    ['a comma too many', '[{"id":"a","title":"A"},]', ['a']],
    ['a comment', '[{"id":"a","title":"A"} // x\n]', ['a']],
    ['two values', '[{"id":"a","title":"A"}] [', ['a']],
    ['something else', 'nonsense', []],
    ['nesting without end', '['.repeat(100_000), []],
  ];
  for (const [what, text, ids] of malformed) {
    it(`says where it is malformed, and loads what is whole, with ${what}`, () => {
      const { tasks, problems } = readText(text);
      assert.deepEqual(
        tasks.map(({ id }) => id),
        ids,
      );
      assert.deepEqual(
        problems.map(({ code }) => code),
        ['malformed-json'],
      );
      assert.match(problems[0]?.message ?? '', /at line \d+, column \d+ \(.+\)/);
    });
  }

  it('names the position of the fault', () => {
    const [problem] = readText('[\n  {"id":"a",\n   "title":}\n]').problems;
    assert.deepEqual(problem?.place, { file: 'tasks.json', line: 3 });
    assert.equal(problem.range?.startColumn, 12);
  });

  it('is not taken for one where the tasks are another tool’s', () => {
    for (const text of [
      '{"version":"2.0.0","tasks":[{"label":"build","type":"shell"}]}',
      '{"master":{"tasks":[{"id":1,"title":"x"}]}}',
      '{}',
      '7',
      '["a"]',
    ]) {
      assert.deepEqual(codes(text), ['not-a-task-file'], text);
    }
    assert.deepEqual(codes('[]'), []);
    assert.deepEqual(codes('{"tasks":[]}'), []);
  });
});

describe('writing a status into JSON', () => {
  const planned = (text: string, id: string, status: 'completed' | 'failed' | 'cancelled') => {
    const fingerprint =
      jsonFormat.read(text, source).tasks.find((task) => task.id === id)?.fingerprint ?? 'gone';
    const result = jsonFormat.edits(text, source)({ id, fingerprint, source }, status);
    if (!result.ok) {
      return result.failure.reason;
    }
    if (result.value === 'unchanged') {
      return 'unchanged';
    }
    const { offset, length, text: inserted } = result.value;
    return text.slice(0, offset) + inserted + text.slice(offset + length);
  };

  const written: readonly (readonly [
    what: string,
    before: string,
    after: string,
    status?: 'failed' | 'cancelled',
  ])[] = [
    [
      'replaces the value',
      '[{"id":"a","status" : "pending","title":"A"}]',
      '[{"id":"a","status" : "completed","title":"A"}]',
    ],
    [
      'replaces null',
      '[{"id":"a","title":"A","status":null}]',
      '[{"id":"a","title":"A","status":"completed"}]',
    ],
    [
      'says failed',
      '[{"id":"a","title":"A","status":"pending"}]',
      '[{"id":"a","title":"A","status":"failed"}]',
      'failed',
    ],
    [
      'says cancelled',
      '[{"id":"a","title":"A","status":"pending"}]',
      '[{"id":"a","title":"A","status":"cancelled"}]',
      'cancelled',
    ],
    [
      'inserts it as the others are spaced',
      '[\r\n\t{\r\n\t\t"id": "a",\r\n\t\t"title": "A"\r\n\t}\r\n]',
      '[\r\n\t{\r\n\t\t"id": "a",\r\n\t\t"title": "A",\r\n\t\t"status": "completed"\r\n\t}\r\n]',
    ],
    [
      'inserts it in a line',
      '[{ "id": "a", "title": "A" }]',
      '[{ "id": "a", "title": "A", "status": "completed" }]',
    ],
    [
      'inserts it without spaces',
      '[{"id":"a","title":"A"}]',
      '[{"id":"a","title":"A","status":"completed"}]',
    ],
    [
      'replaces the last of two, which is the one that counts',
      '[{"id":"a","status":"x","title":"A","status":"pending"}]',
      '[{"id":"a","status":"x","title":"A","status":"completed"}]',
    ],
    [
      'speaks as the file does',
      '[{"id":"a","title":"A","status":"pending"},{"id":"b","title":"B","status":"done"}]',
      '[{"id":"a","title":"A","status":"done"},{"id":"b","title":"B","status":"done"}]',
    ],
    [
      'makes a failed one completed',
      '{"tasks":[{"id":"a","title":"A","status":"failed"}],"x":1}',
      '{"tasks":[{"id":"a","title":"A","status":"completed"}],"x":1}',
    ],
  ];
  for (const [what, before, after, status = 'completed'] of written) {
    it(what, () => assert.equal(planned(before, 'a', status), after));
  }

  it('changes nothing where the file says so already, in its own word', () => {
    const same = (word: string, status: 'completed' | 'cancelled') =>
      planned(`[{"id":"a","title":"A","status":"${word}"}]`, 'a', status);
    assert.equal(same('Done', 'completed'), 'unchanged');
    assert.equal(same('canceled', 'cancelled'), 'unchanged');
  });

  it('is refused while the file is malformed, and for a task that is gone', () => {
    assert.equal(planned('[{"id":"a","title":"A"},', 'a', 'completed'), 'malformed');
    assert.equal(planned('[{"id":"a","title":"A"}]', 'b', 'completed'), 'missing');
  });
});
