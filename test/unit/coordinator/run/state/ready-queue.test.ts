import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { ReadyQueue } from '../../../../../src/coordinator/run/state/ready-queue.ts';
import { drained } from '../../../../support/coordinator/projection.ts';

interface Item {
  readonly rank: number;
  readonly place: number;
}

const before = (a: Item, b: Item): boolean =>
  a.rank === b.rank ? a.place < b.place : a.rank < b.rank;
const inOrder = (items: readonly Item[]): Item[] =>
  items.toSorted((a, b) => a.rank - b.rank || a.place - b.place);

describe('ReadyQueue', () => {
  it('has no first item while it is empty', () => {
    assert.equal(new ReadyQueue(before).peek(), undefined);
  });

  it('shows the first item and leaves it in place', () => {
    const queue = new ReadyQueue(before);
    queue.add({ rank: 2, place: 0 });
    queue.add({ rank: 1, place: 1 });
    assert.deepEqual(queue.peek(), { rank: 1, place: 1 });
    assert.equal(queue.size, 2);
  });

  it('says whether the item that should leave was there', () => {
    const queue = new ReadyQueue(before);
    const item = { rank: 1, place: 0 };
    queue.add(item);
    assert.equal(queue.remove(item), true);
    assert.equal(queue.remove(item), false);
    assert.equal(queue.size, 0);
  });

  it('refuses an item that is queued already', () => {
    const queue = new ReadyQueue(before);
    const item = { rank: 1, place: 0 };
    queue.add(item);
    assert.throws(() => queue.add(item), /queued already/);
  });

  it('hands out in order whatever joined and left before, from the middle too', () => {
    const moves = fc.array(fc.record({ rank: fc.nat(5), leaves: fc.option(fc.nat(40)) }), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(moves, (script) => {
        const queue = new ReadyQueue(before);
        let expected: Item[] = [];
        for (const [place, { rank, leaves }] of script.entries()) {
          const gone = leaves === null ? undefined : expected[leaves % (expected.length + 1)];
          if (gone !== undefined) {
            expected = expected.filter((item) => item !== gone);
            assert.equal(queue.remove(gone), true);
          } else {
            const item = { rank, place };
            expected = inOrder([...expected, item]);
            queue.add(item);
          }
          assert.deepEqual(drained(queue), expected);
        }
      }),
    );
  });
});
