import assert from 'node:assert/strict';
import { createCoordinatorBus } from '../../../../src/coordinator/messages/coordinator-bus.ts';
import { MessageBus } from '../../../../src/coordinator/messages/message-bus.ts';
import type { SubscriberFailure } from '../../../../src/coordinator/messages/subscriber.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';

interface Topics {
  readonly fact: number;
  readonly snapshot: number;
}
interface Questions {
  readonly double: { readonly ask: number; readonly answer: number };
}

/** Lets everything that waits for a promise go on. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('MessageBus: publish and subscribe', () => {
  let failures: SubscriberFailure[];
  let clock: VirtualClock;
  let bus: MessageBus<Topics, Questions>;

  beforeEach(() => {
    failures = [];
    clock = new VirtualClock();
    bus = new MessageBus<Topics, Questions>({
      snapshots: new Set(['snapshot']),
      onFailure: (failure) => failures.push(failure),
      after: (ms, call) => clock.after(ms, call),
      limit: 3,
    });
  });

  it('tells every subscriber of a topic at once, in order of subscription, and nobody of another', () => {
    const told: string[] = [];
    bus.subscribe('fact', 'a', (n) => told.push(`a${n}`));
    bus.subscribe('snapshot', 'other', () => told.push('other'));
    bus.subscribe('fact', 'b', (n) => told.push(`b${n}`));
    bus.publish('fact', 1);
    bus.publish('fact', 2);
    assert.deepEqual(told, ['a1', 'b1', 'a2', 'b2']);
  });

  it('tells nothing more to who has left, and nothing to who comes later', () => {
    const told: number[] = [];
    const first = bus.subscribe('fact', 'first', (n) => told.push(n));
    bus.publish('fact', 1);
    first.dispose();
    first.dispose();
    bus.publish('fact', 2);
    bus.subscribe('fact', 'second', (n) => told.push(n * 10));
    bus.publish('fact', 3);
    assert.deepEqual(told, [1, 30]);
  });

  it('tells the others although one throws, and reports it once', () => {
    const told: number[] = [];
    bus.subscribe('fact', 'broken', () => {
      throw new Error('no');
    });
    bus.subscribe('fact', 'sound', (n) => told.push(n));
    bus.publish('fact', 1);
    bus.publish('fact', 2);
    assert.deepEqual(told, [1, 2]);
    assert.deepEqual(
      failures.map(({ subscriber, reason, message }) => [subscriber, reason, message]),
      [['broken', 'failed', 'broken failed on fact: no']],
    );
  });

  it('reports a listener whose promise fails, and goes on telling it', async () => {
    const told: number[] = [];
    bus.subscribe('fact', 'broken', (n) => {
      told.push(n);
      return Promise.reject(new Error('later'));
    });
    bus.publish('fact', 1);
    bus.publish('fact', 2);
    await settle();
    assert.deepEqual(told, [1, 2]);
    assert.equal(failures.length, 1);
  });

  it('holds nobody back while one never settles', () => {
    const told: number[] = [];
    bus.subscribe('snapshot', 'stuck', () => new Promise(() => undefined));
    bus.subscribe('snapshot', 'quick', (n) => told.push(n));
    for (let n = 1; n <= 100; n += 1) {
      bus.publish('snapshot', n);
    }
    assert.equal(told.length, 100);
  });

  it('keeps the order of a slow subscriber, one message after the other', async () => {
    const told: string[] = [];
    bus.subscribe('fact', 'slow', async (n) => {
      told.push(`begin ${n}`);
      await settle();
      told.push(`end ${n}`);
    });
    for (const n of [1, 2, 3]) {
      bus.publish('fact', n);
    }
    for (let turn = 0; turn < 10; turn += 1) {
      await settle();
    }
    assert.deepEqual(
      told,
      [1, 2, 3].flatMap((n) => [`begin ${n}`, `end ${n}`]),
    );
  });

  it('leaves out the oldest snapshots for who is too slow, and counts them', async () => {
    const told: number[] = [];
    let goOn: () => void = () => undefined;
    const subscription = bus.subscribe('snapshot', 'slow', (n) => {
      told.push(n);
      return n === 1 ? new Promise<void>((resolve) => (goOn = resolve)) : undefined;
    });
    for (let n = 1; n <= 6; n += 1) {
      bus.publish('snapshot', n);
    }
    assert.equal(subscription.dropped(), 2);
    goOn();
    await settle();
    assert.deepEqual(told, [1, 4, 5, 6]);
    assert.deepEqual(failures, []);
  });

  it('leaves out no fact: who falls too far behind is let go, and that is reported', async () => {
    const told: number[] = [];
    let goOn: () => void = () => undefined;
    bus.subscribe('fact', 'slow', (n) => {
      told.push(n);
      return new Promise<void>((resolve) => (goOn = resolve));
    });
    for (let n = 1; n <= 5; n += 1) {
      bus.publish('fact', n);
    }
    assert.deepEqual(
      failures.map(({ reason }) => reason),
      ['fell_behind'],
    );
    goOn();
    await settle();
    bus.publish('fact', 6);
    assert.deepEqual(told, [1]);
  });

  it('tells everybody in one order, also of what is published meanwhile', () => {
    const told: string[] = [];
    bus.subscribe('fact', 'a', (n) => {
      told.push(`a${n}`);
      if (n === 1) {
        bus.publish('fact', 2);
      }
    });
    bus.subscribe('fact', 'b', (n) => told.push(`b${n}`));
    bus.publish('fact', 1);
    assert.deepEqual(told, ['a1', 'b1', 'a2', 'b2']);
  });

  it('tells who fails on the topic that says so', () => {
    const real = createCoordinatorBus((ms, call) => clock.after(ms, call));
    const told: string[] = [];
    real.subscribe('subscriber.failed', 'log', ({ message }) => told.push(message));
    real.subscribe('workspace.changed', 'view', () => {
      throw new Error('gone');
    });
    real.publish('workspace.changed', { root: '/' });
    assert.deepEqual(told, ['view failed on workspace.changed: gone']);
  });
});

describe('MessageBus: request and response', () => {
  let clock: VirtualClock;
  let bus: MessageBus<Topics, Questions>;

  beforeEach(() => {
    clock = new VirtualClock();
    bus = new MessageBus<Topics, Questions>({
      snapshots: new Set(),
      onFailure: () => undefined,
      after: (ms, call) => clock.after(ms, call),
    });
  });

  it('gives the answer of the one who answers', async () => {
    bus.respond('double', (n) => n * 2);
    assert.deepEqual(await bus.request('double', 21, { timeoutMs: 1000 }), {
      ok: true,
      value: 42,
    });
  });

  it('says that nobody answers', async () => {
    const answer = await bus.request('double', 1, { timeoutMs: null });
    assert.equal(!answer.ok && answer.failure.reason, 'no_responder');
  });

  it('gives up after the time limit', async () => {
    bus.respond('double', () => new Promise<number>(() => undefined));
    const asked = bus.request('double', 1, { timeoutMs: 1000 });
    await settle();
    clock.pass(1000);
    const answer = await asked;
    assert.equal(!answer.ok && answer.failure.message, 'double was not answered within 1000 ms.');
  });

  it('says that the one who answers failed', async () => {
    const broken = (): number => {
      throw new Error('oh');
    };
    bus.respond('double', broken);
    const answer = await bus.request('double', 1, { timeoutMs: null });
    assert.deepEqual(!answer.ok && answer.failure, {
      reason: 'responder_failed',
      message: 'double got no answer: oh',
    });
  });

  it('has one who answers at a time', async () => {
    const first = bus.respond('double', () => 1);
    assert.ok(first.ok);
    assert.equal(bus.respond('double', () => 2).ok, false);
    first.value.dispose();
    assert.ok(bus.respond('double', () => 3).ok);
    assert.deepEqual(await bus.request('double', 0, { timeoutMs: null }), { ok: true, value: 3 });
  });
});
