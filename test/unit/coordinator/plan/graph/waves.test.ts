import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sequentialWaves, waves } from '../../../../../src/coordinator/plan/graph/waves.ts';
import type { TaskKey } from '../../../../../src/shared/ids.ts';
import { makeTask } from '../../../../support/make-task.ts';

/** `a: b c` – a depends on b and c. */
const graph = (...lines: readonly string[]) =>
  lines.map((line) => {
    const [id = '', dependencies = ''] = line.split(':');
    return makeTask(id, { dependencies: dependencies.split(' ').filter((each) => each !== '') });
  });
const short = (keys: readonly (readonly TaskKey[])[]) =>
  keys.map((wave) => wave.map((key) => key.replace('tasks.md#', '')).join(' '));

/** Any acyclic graph, its tasks in any order. */
const acyclic = fc
  .array(fc.array(fc.nat(), { maxLength: 4 }), { minLength: 1, maxLength: 30 })
  .map((lists) =>
    lists.map((list, index) =>
      makeTask(`t${index}`, {
        dependencies: index === 0 ? [] : [...new Set(list.map((each) => `t${each % index}`))],
      }),
    ),
  )
  .chain((tasks) => fc.shuffledSubarray(tasks, { minLength: tasks.length }));

describe('waves', () => {
  const drawn: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['independent tasks are one wave', ['a', 'b', 'c'], ['a b c']],
    ['a chain is a wave each', ['c: b', 'b: a', 'a'], ['a', 'b', 'c']],
    ['a diamond has three', ['a', 'b: a', 'c: a', 'd: b c'], ['a', 'b c', 'd']],
    ['what is outside the group counts as done', ['a: elsewhere', 'b: a'], ['a', 'b']],
    ['a dependency that is named twice counts once', ['a', 'b: a a'], ['a', 'b']],
    ['a cycle and what is behind it are in no wave', ['a: b', 'b: a', 'c: a', 'd'], ['d']],
  ];
  for (const [what, lines, expected] of drawn) {
    it(what, () => assert.deepEqual(short(waves(graph(...lines))), expected));
  }

  it('put each task exactly one wave behind the last of its dependencies', () => {
    fc.assert(
      fc.property(acyclic, (tasks) => {
        const numbers = new Map(
          waves(tasks).flatMap((wave, number) => wave.map((key) => [key, number] as const)),
        );
        for (const { key, dependencies } of tasks) {
          const last = Math.max(-1, ...dependencies.map((each) => numbers.get(each) ?? NaN));
          assert.equal(numbers.get(key), last + 1);
        }
      }),
    );
  });
});

describe('the waves of a sequential group', () => {
  const drawn: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['are the tasks in source order', ['b', 'a', 'c'], ['b', 'a', 'c']],
    ['put what a task depends on before it', ['p: x y', 'x', 'y', 'z'], ['x', 'y', 'p', 'z']],
    ['leave a cycle out', ['a: b', 'b: a', 'c'], ['c']],
  ];
  for (const [what, lines, expected] of drawn) {
    it(what, () => assert.deepEqual(short(sequentialWaves(graph(...lines))), expected));
  }

  it('hold every task once, none before its dependencies', () => {
    fc.assert(
      fc.property(acyclic, (tasks) => {
        const order = sequentialWaves(tasks).flat();
        assert.equal(order.length, tasks.length);
        const done = new Set<TaskKey>();
        const byKey = new Map(tasks.map((task) => [task.key, task]));
        for (const key of order) {
          assert.ok(byKey.get(key)?.dependencies.every((each) => done.has(each)));
          done.add(key);
        }
      }),
    );
  });
});
