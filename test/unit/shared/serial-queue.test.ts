import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { SerialQueue } from '../../../src/shared/serial-queue.ts';

describe('a serial queue', () => {
  it('runs one piece of work at a time, in the order of the calls', async () => {
    const queue = new SerialQueue();
    const log: string[] = [];
    const work = (name: string, ms: number) => async (): Promise<string> => {
      log.push(`${name} begins`);
      await delay(ms);
      log.push(`${name} ends`);
      return name;
    };
    const results = await Promise.all([queue.run(work('a', 5)), queue.run(work('b', 0))]);
    assert.deepEqual(results, ['a', 'b']);
    assert.deepEqual(log, ['a begins', 'a ends', 'b begins', 'b ends']);
  });

  it('passes an error to its caller and runs the next piece all the same', async () => {
    const queue = new SerialQueue();
    const failed = queue.run(() => Promise.reject(new Error('full')));
    const next = queue.run(() => 'next');
    await assert.rejects(failed, /full/);
    assert.equal(await next, 'next');
  });

  it('lets a caller ignore an error', async () => {
    const queue = new SerialQueue();
    let unhandled = 0;
    const count = (): void => {
      unhandled += 1;
    };
    process.on('unhandledRejection', count);
    void queue.run(() => Promise.reject(new Error('ignored')));
    await queue.idle();
    await delay(0);
    process.off('unhandledRejection', count);
    assert.equal(unhandled, 0);
  });

  it('is idle after all that was queued before, also after a failure', async () => {
    const queue = new SerialQueue();
    let done = false;
    void queue.run(() => Promise.reject(new Error('ignored')));
    void queue.run(async () => {
      await delay(5);
      done = true;
    });
    await queue.idle();
    assert.ok(done);
  });
});
