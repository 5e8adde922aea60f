import assert from 'node:assert/strict';
import { createCoordinatorBus } from '../../../../src/coordinator/messages/coordinator-bus.ts';
import {
  MessageBus,
  type SubscriberFailure,
} from '../../../../src/coordinator/messages/message-bus.ts';
import type { Disposable } from '../../../../src/shared/disposable.ts';

interface Topics {
  readonly fact: number;
  readonly other: number;
}
interface Questions {
  readonly double: { readonly ask: number; readonly answer: number };
}

describe('MessageBus: publish and subscribe', () => {
  let failures: SubscriberFailure[];
  let bus: MessageBus<Topics, Questions>;
  let seen: string[];

  beforeEach(() => {
    failures = [];
    seen = [];
    bus = new MessageBus<Topics, Questions>((failure) => failures.push(failure));
  });

  it('notifies every listener of a topic at once, in order of subscription, and none of another', () => {
    bus.subscribe('fact', 'a', (n) => seen.push(`a${n}`));
    bus.subscribe('other', 'other', () => seen.push('other'));
    bus.subscribe('fact', 'b', (n) => seen.push(`b${n}`));
    bus.publish('fact', 1);
    bus.publish('fact', 2);
    assert.deepEqual(seen, ['a1', 'b1', 'a2', 'b2']);
  });

  it('notifies nobody who left, and nobody who came later', () => {
    const first = bus.subscribe('fact', 'first', (n) => seen.push(`first${n}`));
    bus.publish('fact', 1);
    first.dispose();
    bus.publish('fact', 2);
    bus.subscribe('fact', 'second', (n) => seen.push(`second${n}`));
    bus.publish('fact', 3);
    assert.deepEqual(seen, ['first1', 'second3']);
  });

  it('lets listeners come and go during a notification', () => {
    let second: Disposable | null = null;
    bus.subscribe('fact', 'first', () => {
      second?.dispose();
      bus.subscribe('fact', 'third', (n) => seen.push(`third${n}`));
    });
    second = bus.subscribe('fact', 'second', (n) => seen.push(`second${n}`));
    bus.publish('fact', 1);
    assert.deepEqual(seen, []);
    bus.publish('fact', 2);
    assert.deepEqual(seen, ['third2']);
  });

  it('reports a listener that throws once, and notifies it and the others all the same', () => {
    bus.subscribe('fact', 'broken', (n) => {
      seen.push(`broken${n}`);
      throw new Error('no');
    });
    bus.subscribe('fact', 'sound', (n) => seen.push(`sound${n}`));
    bus.publish('fact', 1);
    bus.publish('fact', 2);
    assert.deepEqual(seen, ['broken1', 'sound1', 'broken2', 'sound2']);
    assert.deepEqual(
      failures.map(({ topic, subscriber, message }) => [topic, subscriber, message]),
      [['fact', 'broken', 'broken failed on fact: no']],
    );
  });

  it('delivers what is published during a notification after it, to all in one order', () => {
    bus.subscribe('fact', 'a', (n) => {
      seen.push(`a${n}`);
      if (n === 1) {
        bus.publish('fact', 2);
      }
    });
    bus.subscribe('fact', 'b', (n) => seen.push(`b${n}`));
    bus.publish('fact', 1);
    assert.deepEqual(seen, ['a1', 'b1', 'a2', 'b2']);
  });

  it('publishes failures of listeners on a topic of the coordinator', () => {
    const real = createCoordinatorBus();
    real.subscribe('subscriber.failed', 'log', ({ message }) => seen.push(message));
    real.subscribe('workspace.changed', 'view', () => {
      throw new Error('gone');
    });
    real.publish('workspace.changed', { root: '/', group: null, plan: null });
    assert.deepEqual(seen, ['view failed on workspace.changed: gone']);
  });
});

describe('MessageBus: request and response', () => {
  let bus: MessageBus<Topics, Questions>;

  beforeEach(() => {
    bus = new MessageBus<Topics, Questions>(() => undefined);
  });

  it("gives the responder's answer", async () => {
    bus.respond('double', (n) => n * 2);
    assert.deepEqual(await bus.request('double', 21), { ok: true, value: 42 });
  });

  it('fails as a value where nobody responds', async () => {
    const answer = await bus.request('double', 1);
    assert.equal(!answer.ok && answer.failure.reason, 'no_responder');
  });

  it('fails as a value where the responder throws', async () => {
    const broken = (): number => {
      throw new Error('oh');
    };
    bus.respond('double', broken);
    const answer = await bus.request('double', 1);
    assert.deepEqual(!answer.ok && answer.failure, {
      reason: 'responder_failed',
      message: 'The responder of double failed: oh',
    });
  });

  it('ends as a value when its responder goes', async () => {
    const responder = bus.respond('double', () => new Promise<number>(() => undefined));
    assert.ok(responder.ok);
    const open = bus.request('double', 1);
    responder.value.dispose();
    const answer = await open;
    assert.equal(!answer.ok && answer.failure.reason, 'responder_gone');
  });

  it('has one responder at a time', async () => {
    const first = bus.respond('double', () => 1);
    assert.ok(first.ok);
    assert.equal(bus.respond('double', () => 2).ok, false);
    first.value.dispose();
    assert.ok(bus.respond('double', () => 3).ok);
    first.value.dispose();
    assert.deepEqual(await bus.request('double', 0), { ok: true, value: 3 });
  });
});
