import assert from 'node:assert/strict';
import fc from 'fast-check';
import { changedPlaces, isSame } from '../../../src/shared/same.ts';

describe('isSame', () => {
  const different: readonly (readonly [unknown, unknown])[] = [
    [{ a: 1 }, { a: 2 }],
    [{ a: 1 }, { b: 1 }],
    [{ a: undefined }, { b: undefined }],
    [{ a: 1 }, { a: 1, b: 1 }],
    [
      [1, 2],
      [2, 1],
    ],
    [[], {}],
    [null, {}],
    [0, '0'],
    [new Map([[1, 1]]), new Map([[1, 1]])],
  ];
  for (const [a, b] of different) {
    it(`tells ${JSON.stringify(a)} from ${JSON.stringify(b)}`, () => {
      assert.equal(isSame(a, b), false);
      assert.equal(isSame(b, a), false);
    });
  }

  it('knows a copy of anything that JSON can say, and tells it from anything else', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (value, other) => {
        assert.equal(isSame(value, structuredClone(value)), true);
        const text = [value, other].map((each) => JSON.stringify(each));
        if (text[0] === text[1]) {
          assert.equal(isSame(value, other), true);
        }
      }),
    );
  });
});

describe('the places at which two lists differ', () => {
  const [a, b, c] = [{}, {}, {}];
  const cases: readonly (readonly [
    string,
    readonly object[],
    readonly object[],
    readonly number[],
  ])[] = [
    ['none of the same objects', [a, b], [a, b], []],
    ['those with another object, though it looks the same', [a, b, c], [a, {}, c], [1]],
    ['all that came at the end', [a], [a, b, c], [1, 2]],
    ['none where the end is gone', [a, b], [a], []],
    ['all after nothing', [], [a, b], [0, 1]],
  ];
  for (const [what, before, now, places] of cases) {
    it(`are ${what}`, () => {
      assert.deepEqual(changedPlaces(before, now), places);
    });
  }
});
