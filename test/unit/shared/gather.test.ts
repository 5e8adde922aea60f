import assert from 'node:assert/strict';
import { Gather } from '../../../src/shared/gather.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

describe('Gather', () => {
  let clock: VirtualClock;
  let passed: number[];
  let gather: Gather;

  beforeEach(() => {
    clock = new VirtualClock();
    passed = [];
    const start = clock.now();
    gather = new Gather(
      50,
      () => passed.push(clock.now() - start),
      (ms, call) => clock.after(ms, call),
    );
  });

  const change = (times: number): void => {
    for (let time = 0; time < times; time += 1) {
      gather.notify();
    }
  };

  it('passes the first change after a pause on in the next turn, with all of its turn', () => {
    change(3);
    assert.deepEqual(passed, []);
    clock.pass(0);
    assert.deepEqual(passed, [0]);
    clock.pass(200);
    assert.deepEqual(passed, [0]);
  });

  it('passes later changes on together, at most once in its time, and never loses the last', () => {
    change(1);
    clock.pass(0);
    for (let ms = 0; ms < 100; ms += 10) {
      change(1);
      clock.pass(10);
    }
    clock.pass(1000);
    assert.deepEqual(passed, [0, 50, 100]);
    change(1);
    clock.pass(0);
    assert.deepEqual(passed, [0, 50, 100, 1100]);
  });

  it('passes nothing on once disposed', () => {
    change(1);
    gather.dispose();
    clock.pass(100);
    assert.deepEqual(passed, []);
  });
});
