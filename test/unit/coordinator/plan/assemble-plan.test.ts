import assert from 'node:assert/strict';
import { assemblePlan } from '../../../../src/coordinator/plan/assemble-plan.ts';
import type { Plan, Task } from '../../../../src/coordinator/schema/task.ts';
import { asTaskKey } from '../../../../src/shared/ids.ts';
import { COMPLETED, makeSnapshot, makeTask } from '../../../support/make-task.ts';

const onePlan = (...tasks: readonly Task[]) => assemblePlan([makeSnapshot('tasks.md', tasks)]);
const groupsOf = (plan: Plan) =>
  plan.groups.map(({ source, id, tasks }) => [source, id, tasks.map((task) => task.id).join(' ')]);
const problemsOf = (plan: Plan) => plan.problems.map(({ code, message }) => `${code}: ${message}`);

describe('a plan', () => {
  it('groups by marker in source order, and what has none is sequential', () => {
    const plan = onePlan(
      makeTask('t1', { group: 'infra' }),
      makeTask('t2'),
      makeTask('t3', { group: 'auth' }),
      makeTask('t4', { group: 'infra' }),
      makeTask('t5'),
    );
    assert.deepEqual(groupsOf(plan), [
      ['tasks.md', 'infra', 't1 t4'],
      ['tasks.md', '_sequential', 't2 t5'],
      ['tasks.md', 'auth', 't3'],
    ]);
    assert.deepEqual(
      plan.groups.map(({ key }) => key),
      ['tasks.md#infra', 'tasks.md#_sequential', 'tasks.md#auth'],
    );
  });

  it('takes ids that differ in case for one group, in the first spelling', () => {
    const plan = onePlan(makeTask('t1', { group: 'Auth' }), makeTask('t2', { group: 'auth' }));
    assert.deepEqual(groupsOf(plan), [['tasks.md', 'Auth', 't1 t2']]);
  });

  it('keeps the groups of different sources apart', () => {
    const plan = assemblePlan([
      makeSnapshot('a.md', [makeTask('1', { source: 'a.md', group: 'x' })]),
      makeSnapshot('b.md', [makeTask('1', { source: 'b.md', group: 'x' })]),
    ]);
    assert.deepEqual(groupsOf(plan), [
      ['a.md', 'x', '1'],
      ['b.md', 'x', '1'],
    ]);
    assert.deepEqual([...plan.tasks.keys()], ['a.md#1', 'b.md#1']);
    assert.deepEqual(plan.problems, []);
  });

  it('keeps the first of two tasks with one id, and says what to do about the other', () => {
    const plan = onePlan(
      makeTask('t1', { title: 'First', place: { file: 'tasks.md', line: 3 } }),
      makeTask('t1', { title: 'Second', place: { file: 'tasks.md', line: 9 } }),
    );
    assert.equal(plan.tasks.get(asTaskKey('tasks.md#t1'))?.title, 'First');
    assert.equal(plan.groups[0]?.tasks.length, 1);
    const [problem] = plan.problems;
    assert.equal(problem?.code, 'duplicate-id');
    assert.equal(problem.place.line, 9);
    assert.match(problem.message, /“t1” is already taken by “First” in line 3.*Give it an id/);
  });

  it('starts with the problems of its sources', () => {
    const problem = {
      severity: 'error',
      code: 'not-utf8',
      message: 'x',
      place: { file: 'a.md', line: 1 },
      range: null,
    } as const;
    const plan = assemblePlan([{ ...makeSnapshot('a.md', []), problems: [problem] }]);
    assert.deepEqual(plan.problems, [problem]);
  });
});

describe('a dependency', () => {
  const other = (id: string) => makeTask(id, { source: 'other.md' });
  const dependenciesOf = (written: string, ...others: readonly Task[]) => {
    const plan = assemblePlan([
      makeSnapshot('tasks.md', [makeTask('t1'), makeTask('t2', { dependencies: [written] })]),
      makeSnapshot('other.md', others),
    ]);
    const task = plan.tasks.get(asTaskKey('tasks.md#t2'));
    return { keys: task?.dependencies, problems: problemsOf(plan), plan, task };
  };

  it('names a task of its own source by short id', () => {
    const { keys, problems } = dependenciesOf('t1', other('t1'));
    assert.deepEqual(keys, ['tasks.md#t1']);
    assert.deepEqual(problems, []);
  });

  it('names a task of another source by its key', () => {
    const { keys, problems } = dependenciesOf('other.md#t9', other('t9'));
    assert.deepEqual(keys, ['other.md#t9']);
    assert.deepEqual(problems, []);
  });

  it('names a task of its own source by its key as well', () => {
    assert.deepEqual(dependenciesOf('tasks.md#t1').keys, ['tasks.md#t1']);
  });

  it('names a task of another source by an id that no other source has', () => {
    assert.deepEqual(dependenciesOf('t9', other('t9')).keys, ['other.md#t9']);
  });

  it('is in the groups as it is in the map of tasks', () => {
    const { plan, task } = dependenciesOf('t9', other('t9'));
    assert.equal(plan.groups[0]?.tasks[1], task);
  });

  it('is not guessed where several other sources have the id', () => {
    const plan = assemblePlan([
      makeSnapshot('tasks.md', [makeTask('t2', { dependencies: ['t9'] })]),
      makeSnapshot('a.md', [makeTask('t9', { source: 'a.md' })]),
      makeSnapshot('b.md', [makeTask('t9', { source: 'b.md' })]),
    ]);
    assert.deepEqual(problemsOf(plan), [
      'unknown-dependency: “t2” depends on “t9”, which several plans have. Write it as <file>#t9.',
    ]);
  });

  it('on an unknown id is an error, and goes on holding the task back', () => {
    const { keys, problems } = dependenciesOf('T99');
    assert.deepEqual(keys, ['tasks.md#T99']);
    assert.equal(problems.length, 1);
    assert.match(problems[0] ?? '', /^unknown-dependency: “t2” depends on “T99”, but no task/);
  });
});

describe('a dependency cycle', () => {
  it('is named as a whole', () => {
    const plan = onePlan(
      makeTask('a', { dependencies: ['b'] }),
      makeTask('b', { dependencies: ['c'] }),
      makeTask('c', { dependencies: ['a'] }),
      makeTask('d', { dependencies: ['a'] }),
    );
    assert.deepEqual(problemsOf(plan), [
      'dependency-cycle: These tasks wait for one another and can never start: a → b → c → a. Remove one of the dependencies.',
    ]);
  });

  it('of a task with itself is one', () => {
    assert.match(problemsOf(onePlan(makeTask('a', { dependencies: ['a'] })))[0] ?? '', /: a → a\./);
  });

  it('names tasks of other sources by their keys', () => {
    const plan = assemblePlan([
      makeSnapshot('tasks.md', [makeTask('a', { dependencies: ['b.md#b'] })]),
      makeSnapshot('b.md', [makeTask('b', { source: 'b.md', dependencies: ['tasks.md#a'] })]),
    ]);
    assert.match(problemsOf(plan)[0] ?? '', /: a → b\.md#b → a\./);
  });

  it('is one problem for each knot', () => {
    const plan = onePlan(
      ...['a', 'c'].flatMap((id) => [
        makeTask(id, { dependencies: [`${id}2`] }),
        makeTask(`${id}2`, { dependencies: [id] }),
      ]),
    );
    assert.equal(plan.problems.length, 2);
  });

  it('is broken by a finished task', () => {
    const plan = onePlan(
      makeTask('a', { dependencies: ['b'], status: COMPLETED }),
      makeTask('b', { dependencies: ['a'] }),
    );
    assert.deepEqual(plan.problems, []);
  });
});

describe('a file that several tasks of a group name', () => {
  const files = ['src/a.ts'];
  it('is a warning', () => {
    const plan = onePlan(
      makeTask('a', { group: 'x', files }),
      makeTask('b', { group: 'x', files: ['src/b.ts'] }),
      makeTask('c', { group: 'x', files, place: { file: 'tasks.md', line: 7 } }),
    );
    const [problem, ...others] = plan.problems;
    assert.deepEqual(others, []);
    assert.equal(problem?.severity, 'warning');
    assert.equal(problem.code, 'shared-file');
    assert.equal(problem.place.line, 7);
    assert.match(
      problem.message,
      /group “x” may write the same file: a and c both name src\/a\.ts\./,
    );
  });

  const harmless: readonly (readonly [string, readonly Task[]])[] = [
    [
      'one depends on the other',
      [
        makeTask('a', { group: 'x', files }),
        makeTask('b', { group: 'x', files, dependencies: ['a'] }),
      ],
    ],
    [
      'the first depends on the second',
      [
        makeTask('a', { group: 'x', files, dependencies: ['b'] }),
        makeTask('b', { group: 'x', files }),
      ],
    ],
    [
      'one is done',
      [
        makeTask('a', { group: 'x', files, status: COMPLETED }),
        makeTask('b', { group: 'x', files }),
      ],
    ],
    [
      'they are of different groups',
      [makeTask('a', { group: 'x', files }), makeTask('b', { group: 'y', files })],
    ],
    ['they run one after the other', [makeTask('a', { files }), makeTask('b', { files })]],
  ];
  for (const [what, tasks] of harmless) {
    it(`is none where ${what}`, () => assert.deepEqual(onePlan(...tasks).problems, []));
  }
});

describe('a large plan', () => {
  const size = 100_000;
  const ids = Array.from({ length: size }, (_, index) => `t${index}`);

  it('of a chain of 100,000 tasks is assembled without a stack as deep', function () {
    this.timeout(60_000);
    const plan = onePlan(
      ...ids.map((id, index) => makeTask(id, { dependencies: ids.slice(index - 1, index) })),
    );
    assert.equal(plan.tasks.size, size);
    assert.deepEqual(plan.problems, []);
  });

  it('of a cycle of 100,000 tasks has one problem with a message that can be read', function () {
    this.timeout(60_000);
    const plan = onePlan(
      ...ids.map((id, index) => makeTask(id, { dependencies: [ids.at(index - 1) ?? ''] })),
    );
    assert.equal(plan.problems.length, 1);
    assert.ok((plan.problems[0]?.message.length ?? 0) < 1000);
  });
});
