import assert from 'node:assert/strict';
import fc from 'fast-check';
import { closestIds, editDistance } from '../../../../../src/views/editor/fixes/closest-ids.ts';

describe('the distance between two words', () => {
  const cases: readonly (readonly [string, string, number])[] = [
    ['', '', 0],
    ['', 'abc', 3],
    ['T012', 'T012', 0],
    ['T012', 'T013', 1],
    ['T012', 'T12', 1],
    ['T012', 'T0122', 1],
    ['T021', 'T012', 1],
    ['kitten', 'sitting', 3],
  ];
  for (const [a, b, distance] of cases) {
    it(`“${a}” and “${b}”: ${distance}`, () => {
      assert.equal(editDistance(a, b), distance);
    });
  }

  it('is the same both ways, and never more than the longer one is long', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', '1'), maxLength: 8 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        const distance = editDistance(a, b);
        assert.equal(distance, editDistance(b, a));
        assert.ok(distance <= Math.max(a.length, b.length));
        assert.equal(distance === 0, a === b);
      }),
    );
  });
});

describe('the id that was probably meant', () => {
  const known = ['T001', 'T002', 'T010', 'T100', 'setup-db', 'auth-login'];
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['T1', ['T001']],
    ['t-002', ['T002']],
    ['setup-bd', ['setup-db']],
    ['authlogin', ['auth-login']],
    ['payment', []],
    ['', []],
  ];
  for (const [written, expected] of cases) {
    it(`for “${written}”: ${expected.join(', ') || 'none'}`, () => {
      const ids = known.map((id) => ({ id }));
      const found = closestIds(written, ids, 3).map(({ id }) => id);
      assert.deepEqual(found.slice(0, Math.max(expected.length, 1)), expected);
    });
  }
});
