import type { Disposable } from '../../shared/disposable.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import { Subscriber, type SubscriberFailure } from './subscriber.ts';

/** A question and its answer. */
export interface Exchange {
  readonly ask: unknown;
  readonly answer: unknown;
}

/** Why a question has no answer. `message` is a sentence for a person. */
export interface RequestFailure {
  readonly reason: 'no_responder' | 'timed_out' | 'responder_failed';
  readonly message: string;
}

/** Messages that wait for one slow subscriber at most. */
const MOST_WAITING = 1024;

export interface BusOptions<Topics> {
  /** Topics of which only the newest message matters. */
  readonly snapshots: ReadonlySet<keyof Topics>;
  /** Told once of each subscriber that failed or fell behind. */
  readonly onFailure: (failure: SubscriberFailure) => void;
  /** Calls once after `ms`, unless disposed before. */
  readonly after: (ms: number, call: () => void) => Disposable;
  /** Default: 1024. */
  readonly limit?: number;
}

/**
 * Carries messages between parts that do not know one another. `Topics`: topic → message; `Questions`: topic → question
 * and answer.
 *
 * Publishing tells every subscriber at once and in order of subscription, and never fails: who throws is reported, who
 * is slow (its listener returns a promise) gets the rest later, in order. What is published while others are being told
 * comes after that, so everybody hears of everything in one order.
 */
export class MessageBus<
  Topics extends object,
  Questions extends Record<keyof Questions, Exchange>,
> {
  readonly #options: BusOptions<Topics>;
  readonly #subscribers: { [K in keyof Topics]?: Set<Subscriber<Topics[K]>> } = {};
  readonly #responders: {
    [K in keyof Questions]?: (ask: Questions[K]['ask']) => Answering<Questions[K]['answer']>;
  } = {};
  readonly #pending: (() => void)[] = [];
  #delivering = false;

  constructor(options: BusOptions<Topics>) {
    this.#options = options;
  }

  /** Tells all who listen now. */
  publish<K extends keyof Topics>(topic: K, message: Topics[K]): void {
    this.#pending.push(() => {
      // A copy: a listener may subscribe or leave while it is being told.
      for (const subscriber of [...(this.#subscribers[topic] ?? [])]) {
        subscriber.take(message);
      }
    });
    if (this.#delivering) {
      return;
    }
    this.#delivering = true;
    try {
      for (let next = this.#pending.shift(); next !== undefined; next = this.#pending.shift()) {
        next();
      }
    } finally {
      this.#delivering = false;
    }
  }

  /** Listens from now on. `name`: who it is, for the log. A listener that returns a promise is told more once it is settled. */
  subscribe<K extends keyof Topics>(
    topic: K,
    name: string,
    listener: (message: Topics[K]) => unknown,
  ): Subscription {
    const all = (this.#subscribers[topic] ??= new Set<Subscriber<Topics[K]>>());
    const subscriber = new Subscriber(listener, {
      topic: String(topic),
      name,
      limit: this.#options.limit ?? MOST_WAITING,
      snapshots: this.#options.snapshots.has(topic),
      report: this.#options.onFailure,
      letGo: () => all.delete(subscriber),
    });
    all.add(subscriber);
    return {
      dropped: () => subscriber.dropped,
      dispose: () => {
        subscriber.stop();
        all.delete(subscriber);
      },
    };
  }

  /** Answers a question from now on. Fails where somebody answers it already. */
  respond<K extends keyof Questions>(
    topic: K,
    responder: (ask: Questions[K]['ask']) => Answering<Questions[K]['answer']>,
  ): Result<Disposable, string> {
    if (this.#responders[topic] !== undefined) {
      return failure(`${String(topic)} is answered by somebody else already.`);
    }
    this.#responders[topic] = responder;
    return success({
      dispose: () => {
        if (this.#responders[topic] === responder) {
          this.#responders[topic] = undefined;
        }
      },
    });
  }

  /** Asks whoever answers this. `timeoutMs` null: waits as long as it takes, for example for a person. Never throws. */
  async request<K extends keyof Questions>(
    topic: K,
    ask: Questions[K]['ask'],
    { timeoutMs }: { readonly timeoutMs: number | null },
  ): Promise<Result<Questions[K]['answer'], RequestFailure>> {
    const name = String(topic);
    const responder = this.#responders[topic];
    if (responder === undefined) {
      return failure({ reason: 'no_responder', message: `Nobody answers ${name}.` });
    }
    const answered = answerOf(responder, ask, name);
    if (timeoutMs === null) {
      return answered;
    }
    let timer: Disposable | undefined;
    const late = new Promise<Result<never, RequestFailure>>((resolve) => {
      timer = this.#options.after(timeoutMs, () => {
        const message = `${name} was not answered within ${timeoutMs} ms.`;
        resolve(failure({ reason: 'timed_out', message }));
      });
    });
    const first = await Promise.race([answered, late]);
    timer?.dispose();
    return first;
  }
}

type Answering<T> = T | Promise<T>;

/** Lets go of a subscription; `dropped` tells how many messages it was too slow for. */
export interface Subscription extends Disposable {
  readonly dropped: () => number;
}

async function answerOf<Ask, Answer>(
  responder: (ask: Ask) => Answering<Answer>,
  ask: Ask,
  topic: string,
): Promise<Result<Answer, RequestFailure>> {
  try {
    return success(await responder(ask));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return failure({ reason: 'responder_failed', message: `${topic} got no answer: ${why}` });
  }
}
