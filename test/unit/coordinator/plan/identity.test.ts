import assert from 'node:assert/strict';
import { findTask, fingerprints } from '../../../../src/coordinator/plan/identity.ts';

describe('fingerprints', () => {
  it('ignore case, spacing and Unicode form', () => {
    assert.deepEqual(
      fingerprints(['Create  the Modél ']),
      fingerprints(['create the mode\u0301l']),
    );
  });

  it('count titles that are repeated', () => {
    assert.deepEqual(fingerprints(['Test', 'Build', 'test', 'TEST']), [
      'test#1/3',
      'build',
      'test#2/3',
      'test#3/3',
    ]);
  });
});

describe('a task that was known by id and fingerprint', () => {
  /** `id title`; ids beginning with `~` are made from the text. */
  const plan = (...lines: readonly string[]) => {
    const split = lines.map((line) => /^(\S+) (.*)$/.exec(line) ?? ['', '', '']);
    const marks = fingerprints(split.map(([, , title = '']) => title));
    return split.map(([, id = ''], index) => ({
      id,
      fingerprint: marks[index] ?? '',
      written: !id.startsWith('~'),
      line: index,
    }));
  };
  const cases: readonly (readonly [
    what: string,
    plan: ReturnType<typeof plan>,
    wanted: readonly [id: string, fingerprint: string],
    line: number | 'missing' | 'ambiguous',
  ])[] = [
    ['is where it was', plan('T1 a', 'T2 b'), ['T2', 'b'], 1],
    ['is found after re-ordering', plan('T2 b', 'T1 a'), ['T2', 'b'], 0],
    ['is found by its title after renumbering', plan('T1 new', 'T2 a', 'T3 b'), ['T2', 'b'], 2],
    ['is missing once its title is another one', plan('T1 a', 'T2 c'), ['T2', 'b'], 'missing'],
    ['is missing from an empty plan', plan(), ['T2', 'b'], 'missing'],
    [
      'is told apart by its written id when its title got a double',
      plan('T1 b', 'T2 b'),
      ['T2', 'b'],
      1,
    ],
    [
      'is ambiguous when its number is gone and its title got a double',
      plan('T7 b', 'T8 b'),
      ['T2', 'b'],
      'ambiguous',
    ],
    ['is one of two equal ones by ordinal', plan('~b b', '~b-2 b'), ['~b-2', 'b#2/2'], 1],
    [
      'is ambiguous when an equal one was added',
      plan('~b b', '~b-2 b', '~b-3 b'),
      ['~b-2', 'b#2/2'],
      'ambiguous',
    ],
    [
      'is ambiguous when it got an equal and has no number',
      plan('~b b', '~b-2 b'),
      ['~b', 'b'],
      'ambiguous',
    ],
    ['is ambiguous when one of two equals went', plan('~b b'), ['~b-2', 'b#2/2'], 'ambiguous'],
    ['is found by its written id when one of two equals went', plan('T5 b'), ['T5', 'b#2/2'], 0],
  ];
  for (const [what, tasks, [id, fingerprint], line] of cases) {
    it(what, () => {
      const found = findTask(tasks, { id, fingerprint });
      assert.equal(found.ok ? found.value.line : found.failure, line);
    });
  }
});
