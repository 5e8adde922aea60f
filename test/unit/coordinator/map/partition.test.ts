import assert from 'node:assert/strict';
import fc from 'fast-check';
import { partition, shardOf } from '../../../../src/coordinator/map/units.ts';

const units = fc.array(fc.string(), { maxLength: 200 });
const shards = fc.integer({ min: 1, max: 20 });

describe('units that are dealt out to shards', () => {
  const cases: readonly (readonly [string, readonly string[], number, readonly string[][]])[] = [
    [
      'by turns, each shard in their order (test_partition_stable)',
      ['u0', 'u1', 'u2', 'u3', 'u4', 'u5', 'u6'],
      3,
      [
        ['u0', 'u3', 'u6'],
        ['u1', 'u4'],
        ['u2', 'u5'],
      ],
    ],
    ['to one shard, which gets them all', ['a', 'b'], 1, [['a', 'b']]],
    ['to more shards than there are units: some get none', ['a'], 3, [['a'], [], []]],
    ['where there are none: every shard is empty', [], 2, [[], []]],
    ['to less than one shard, which counts as one', ['a', 'b'], 0, [['a', 'b']]],
    ['with what is the same twice taken by its place', ['a', 'a', 'b'], 2, [['a', 'b'], ['a']]],
  ];
  for (const [title, given, count, expected] of cases) {
    it(title, () => {
      assert.deepEqual(partition(given, count), expected);
    });
  }

  it('gives shard i exactly those at the positions p with p mod N = i', () => {
    fc.assert(
      fc.property(units, shards, (given, count) => {
        partition(given, count).forEach((part, shard) => {
          assert.deepEqual(
            part,
            given.filter((_unit, position) => position % count === shard),
          );
        });
      }),
    );
  });

  it('loses none and gives none to two, whatever their number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), shards, (size, count) => {
        const given = Array.from({ length: size }, (_, place) => place);
        const dealt = partition(given, count).flat();
        assert.deepEqual(
          dealt.toSorted((a, b) => a - b),
          given,
        );
      }),
    );
  });

  it('is balanced: no shard has two more than another', () => {
    fc.assert(
      fc.property(units, shards, (given, count) => {
        const sizes = partition(given, count).map((part) => part.length);
        assert.ok(Math.max(...sizes) - Math.min(...sizes) <= 1);
      }),
    );
  });

  it('is stable: units that are added at the end move none of the others', () => {
    fc.assert(
      fc.property(units, units, shards, (given, more, count) => {
        const [before, after] = [partition(given, count), partition([...given, ...more], count)];
        before.forEach((part, shard) => {
          assert.deepEqual(after[shard]?.slice(0, part.length), part);
        });
      }),
    );
  });

  it('are one shard’s for whoever asks for that alone', () => {
    fc.assert(
      fc.property(units, shards, fc.nat(25), (given, count, shard) => {
        assert.deepEqual(
          shardOf(given, { shards: count, shard }),
          partition(given, count)[shard] ?? [],
        );
      }),
    );
  });
});
