import assert from 'node:assert/strict';
import fc from 'fast-check';
import { assemblePlan } from '../../../../../src/coordinator/plan/assemble-plan.ts';
import { describeConflict } from '../../../../../src/coordinator/plan/conflicts/describe-conflict.ts';
import { forecast } from '../../../../../src/coordinator/plan/conflicts/forecast.ts';
import type { Plan, Task } from '../../../../../src/coordinator/schema/task.ts';
import {
  COMPLETED,
  IN_PROGRESS,
  makeSnapshot,
  makeTask,
  type TaskFacts,
} from '../../../../support/make-task.ts';

const planOf = (tasks: readonly Task[]): Plan => assemblePlan([makeSnapshot('tasks.md', tasks)]);

/** `<path>: <tasks> | <those inside>` of each conflict of the first group. */
function told(tasks: readonly Task[]): readonly string[] {
  const plan = planOf(tasks);
  const [group] = plan.groups;
  assert.ok(group);
  const short = (keys: readonly string[]): string =>
    keys.map((key) => key.replace('tasks.md#', '')).join(' ');
  return forecast(group, plan.tasks).map(
    ({ path, tasks: all, inside }) =>
      `${path}: ${short(all)}${inside.length === 0 ? '' : ` | ${short(inside)}`}`,
  );
}

const task = (id: string, files: readonly string[], facts: TaskFacts = {}): Task =>
  makeTask(id, { group: 'x', files, ...facts });
const after = (...dependencies: readonly string[]): TaskFacts => ({ dependencies });

describe('the conflict forecast', () => {
  const rows: readonly (readonly [string, readonly Task[], readonly string[]])[] = [
    ['nothing for different files', [task('a', ['x.ts']), task('b', ['y.ts'])], []],
    ['the same file', [task('a', ['x.ts']), task('b', ['./x.ts'])], ['x.ts: a b']],
    ['names that differ in case as different files', [task('a', ['X']), task('b', ['x'])], []],
    [
      'names that only begin alike as different files',
      [task('a', ['src/api']), task('b', ['src/api.ts']), task('c', ['src/apis/x.ts'])],
      [],
    ],
    [
      'a folder and a file in it, with a slash at its end or without',
      [task('a', ['src/api/']), task('b', ['src/api/x.ts'])],
      ['src/api: a b | b'],
    ],
    [
      'a folder of a folder, whoever comes first',
      [task('a', ['src/api/v1/x.ts']), task('b', ['src'])],
      ['src: a b | a'],
    ],
    [
      'files in a folder that do not collide with one another',
      [task('a', ['src/x.ts']), task('b', ['src/y.ts']), task('c', ['src'])],
      ['src: a b c | a b'],
    ],
    [
      'each path of its own',
      [task('a', ['src', 'doc/a.md']), task('b', ['src/x.ts']), task('c', ['src/x.ts', 'doc'])],
      ['src: a b c | b c', 'src/x.ts: b c', 'doc: a c | a'],
    ],
    [
      'a task that names a folder and a file in it once',
      [task('a', ['src', 'src/x.ts']), task('b', ['src'])],
      ['src: a b'],
    ],
    ['the whole workspace', [task('a', ['./']), task('b', ['x.ts'])], ['.: a b | b']],
    [
      'nothing for what is done',
      [task('a', ['x.ts'], { status: COMPLETED }), task('b', ['x.ts'])],
      [],
    ],
    [
      'what is under way elsewhere',
      [task('a', ['x.ts'], { status: IN_PROGRESS }), task('b', ['x.ts'])],
      ['x.ts: a b'],
    ],
    ['nothing where one waits for the other', [task('a', ['f']), task('b', ['f'], after('a'))], []],
    [
      'nothing where one waits for the other by a third',
      [task('a', ['f']), task('b', [], after('a')), task('c', ['f'], after('b'))],
      [],
    ],
    [
      'nothing where the chain leads through another group',
      [
        task('a', ['f']),
        makeTask('b', { group: 'y', dependencies: ['a'] }),
        task('c', ['f'], after('b')),
      ],
      [],
    ],
    [
      'what a finished task between them orders no more',
      [
        task('a', ['f']),
        task('b', [], { ...after('a'), status: COMPLETED }),
        task('c', ['f'], after('b')),
      ],
      ['f: a c'],
    ],
    [
      'only those that nothing orders',
      [task('a', ['f']), task('b', ['f'], after('a')), task('c', ['f'], after('a'))],
      ['f: b c'],
    ],
    [
      'nothing for files in a folder whose task comes before',
      [task('a', ['src']), task('b', ['src/x'], after('a')), task('c', ['src/y'], after('a'))],
      [],
    ],
    [
      'only the file in a folder that does not wait',
      [task('a', ['src']), task('b', ['src/x'], after('a')), task('c', ['src/y'])],
      ['src: a c | c'],
    ],
    [
      'nothing for tasks without a marker',
      [makeTask('a', { files: ['f'] }), makeTask('b', { files: ['f'] })],
      [],
    ],
  ];
  for (const [what, tasks, expected] of rows) {
    it(`tells ${what}`, () => assert.deepEqual(told(tasks), expected));
  }

  it('agrees with looking at every pair, whatever depends on whatever', () => {
    const paths = fc.constantFrom('a', 'a/b', 'a/b/c', 'a/d', 'e');
    const draft = fc.record({
      files: fc.array(paths, { maxLength: 3 }),
      links: fc.array(fc.nat(100), { maxLength: 2 }),
      done: fc.nat(7),
    });
    fc.assert(
      fc.property(fc.array(draft, { minLength: 1, maxLength: 60, size: 'max' }), (drafts) => {
        const tasks = drafts.map(({ files, links, done }, place) =>
          task(String(place), files, {
            dependencies: place === 0 ? [] : links.map((each) => String(each % place)),
            ...(done === 0 ? { status: COMPLETED } : {}),
          }),
        );
        assert.deepEqual(toldPairs(tasks), truePairs(tasks));
        assert.deepEqual(toldMembers(tasks), trueMembers(tasks));
      }),
      { numRuns: 300 },
    );
  });

  it('of 10,000 tasks that name one file is made in one look, with dependencies and without', function () {
    this.timeout(60_000);
    const size = 10_000;
    const ids = Array.from({ length: size }, (_, place) => String(place));
    const free = ids.map((id) => task(id, ['README.md']));
    const chain = ids.map((id, place) =>
      task(id, ['README.md'], after(...ids.slice(place - 1, place))),
    );
    assert.equal(told(free)[0]?.split(' ').length, size + 1);
    assert.deepEqual(told(chain), []);
  });
});

/** `<path> <a> <b>` of every two tasks that a conflict has at odds. */
function toldPairs(tasks: readonly Task[]): readonly string[] {
  const plan = planOf(tasks);
  return plan.groups
    .flatMap((group) => forecast(group, plan.tasks))
    .flatMap(({ path, tasks: all, inside }) =>
      all.flatMap((a) =>
        all
          .filter((b) => a < b && !(inside.includes(a) && inside.includes(b)))
          .map((b) => `${path} ${a} ${b}`),
      ),
    )
    .filter((pair) => !isOrdered(pair.split(' ').slice(1), tasks))
    .toSorted();
}

/** `<path> <task>` of every task that a conflict names. */
function toldMembers(tasks: readonly Task[]): readonly string[] {
  const plan = planOf(tasks);
  const conflicts = plan.groups.flatMap((group) => forecast(group, plan.tasks));
  return conflicts.flatMap(({ path, tasks: all }) => all.map((key) => `${path} ${key}`)).toSorted();
}

function trueMembers(tasks: readonly Task[]): readonly string[] {
  const members = truePairs(tasks).flatMap((pair) => {
    const [path = '', ...keys] = pair.split(' ');
    return keys.map((key) => `${path} ${key}`);
  });
  return [...new Set(members)].toSorted();
}

function truePairs(tasks: readonly Task[]): readonly string[] {
  const open = tasks.filter(({ status }) => status.status === 'pending');
  const paths = new Set(open.flatMap(({ files }) => files));
  return [...paths]
    .flatMap((path) =>
      open.flatMap((a) =>
        open
          .filter((b) => a.key < b.key && meet(a, b, path) && !isOrdered([a.key, b.key], tasks))
          .map((b) => `${path} ${a.key} ${b.key}`),
      ),
    )
    .toSorted();
}

function meet(a: Task, b: Task, path: string): boolean {
  const names = ({ files }: Task): boolean => files.includes(path);
  const isIn = ({ files }: Task): boolean => files.some((file) => file.startsWith(`${path}/`));
  return (names(a) && (names(b) || isIn(b))) || (names(b) && isIn(a));
}

function isOrdered(pair: readonly string[], tasks: readonly Task[]): boolean {
  const [a, b] = pair.map((key) => tasks.find((each) => each.key === key));
  return a !== undefined && b !== undefined && (waits(a, b, tasks) || waits(b, a, tasks));
}

function waits(task: Task, other: Task, tasks: readonly Task[]): boolean {
  return tasks.some(
    (each) =>
      each.status.status === 'pending' &&
      task.dependencies.includes(each.key) &&
      (each === other || waits(each, other, tasks)),
  );
}

describe('a conflict', () => {
  const name = (key: string): string => key.replace('tasks.md#', '');
  const sentence = (...tasks: readonly Task[]): readonly string[] => {
    const plan = planOf(tasks);
    return plan.groups
      .flatMap((group) => forecast(group, plan.tasks))
      .map((conflict) => describeConflict(conflict, name));
  };

  it('is told in a sentence', () => {
    assert.deepEqual(sentence(task('T1', ['f']), task('T3', ['f'])), ['T1 and T3 both name f']);
    assert.deepEqual(sentence(task('T1', ['f']), task('T2', ['f']), task('T3', ['f'])), [
      'T1, T2 and T3 all name f',
    ]);
    assert.deepEqual(sentence(task('T1', ['src']), task('T2', ['src/x']), task('T3', ['src/y'])), [
      'T1 names src, and T2 and T3 something in it',
    ]);
  });

  it('of many tasks names the first ten', () => {
    const tasks = Array.from({ length: 40 }, (_, place) => task(`T${place}`, ['f']));
    assert.deepEqual(sentence(...tasks), [
      'T0, T1, T2, T3, T4, T5, T6, T7, T8, T9 and 30 more all name f',
    ]);
  });
});

describe('a task that must not run beside another', () => {
  const keysOf = (plan: Plan, key: string): readonly string[] =>
    [...plan.tasks.values()].find((each) => each.key === key)?.conflictsWith ?? [];

  it('is found by its id, by its key in another plan, or by an id that only one other plan has', () => {
    const conflictsWith = ['b', 'other.md#c', 'd'].map((each) => makeTask(each).key);
    const plan = assemblePlan([
      makeSnapshot('tasks.md', [task('a', [], { conflictsWith }), task('b', [])]),
      makeSnapshot('other.md', [
        makeTask('c', { source: 'other.md' }),
        makeTask('d', { source: 'other.md' }),
      ]),
    ]);
    assert.deepEqual(keysOf(plan, 'tasks.md#a'), ['tasks.md#b', 'other.md#c', 'other.md#d']);
    assert.deepEqual(plan.problems, []);
  });

  it('is a warning where nobody knows it, and keeps nothing apart', () => {
    const conflictsWith = [makeTask('nope').key, makeTask('a').key];
    const plan = planOf([task('a', [], { conflictsWith })]);
    assert.deepEqual(keysOf(plan, 'tasks.md#a'), []);
    assert.deepEqual(
      plan.problems.map(({ severity, code, message }) => [severity, code, message]),
      [
        [
          'warning',
          'unknown-conflict',
          '“a” conflicts with “nope”, but no task has that id. Correct it or remove it; until then it keeps nothing apart.',
        ],
      ],
    );
  });
});
