import type { Disposable } from '../../shared/disposable.ts';
import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';

/** A question and its answer. */
export interface Exchange {
  readonly ask: unknown;
  readonly answer: unknown;
}

/** Why a question has no answer. `message` is for the log. */
export interface RequestFailure {
  readonly reason: 'no_responder' | 'responder_failed' | 'responder_gone';
  readonly message: string;
}

/** A listener threw. Each subscription is reported once: what fails on every event would fill a log. */
export interface SubscriberFailure {
  readonly topic: string;
  /** The name that it subscribed with. */
  readonly subscriber: string;
  /** A sentence for the log. */
  readonly message: string;
  readonly error: unknown;
}

interface Listener<T> {
  readonly name: string;
  readonly notify: (message: T) => void;
  reported: boolean;
}

interface Responder<E extends Exchange> {
  readonly answer: (ask: E['ask']) => E['answer'] | Promise<E['answer']>;
  /** Ends the requests that are still open. */
  readonly open: Set<() => void>;
}

/**
 * A typed emitter with one responder per question. `Topics`: topic → message; `Questions`: topic → question and answer.
 *
 * `publish` notifies every listener in order of subscription and never throws: a listener that throws is reported, and
 * the others are still notified. What is published during a notification follows it, so all listeners see one order.
 */
export class MessageBus<
  Topics extends object,
  Questions extends Record<keyof Questions, Exchange>,
> {
  readonly #report: (failure: SubscriberFailure) => void;
  readonly #listeners: { [K in keyof Topics]?: Set<Listener<Topics[K]>> } = {};
  readonly #responders: { [K in keyof Questions]?: Responder<Questions[K]> } = {};
  readonly #queue: (() => void)[] = [];
  #delivering = false;

  constructor(report: (failure: SubscriberFailure) => void) {
    this.#report = report;
  }

  publish<K extends keyof Topics>(topic: K, message: Topics[K]): void {
    this.#queue.push(() => {
      // A copy: a listener may subscribe or unsubscribe during the notification.
      for (const listener of [...(this.#listeners[topic] ?? [])]) {
        if (this.#listeners[topic]?.has(listener) === true) {
          this.#notify(String(topic), listener, message);
        }
      }
    });
    if (this.#delivering) {
      return;
    }
    this.#delivering = true;
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
      next();
    }
    this.#delivering = false;
  }

  /** `name`: names the listener in the log. */
  subscribe<K extends keyof Topics>(
    topic: K,
    name: string,
    notify: (message: Topics[K]) => void,
  ): Disposable {
    const all = (this.#listeners[topic] ??= new Set<Listener<Topics[K]>>());
    const listener = { name, notify, reported: false };
    all.add(listener);
    return { dispose: () => void all.delete(listener) };
  }

  /** Answers a question until disposed; requests that are still open then fail. Fails where the topic has a responder. */
  respond<K extends keyof Questions>(
    topic: K,
    answer: Responder<Questions[K]>['answer'],
  ): Result<Disposable, string> {
    if (this.#responders[topic] !== undefined) {
      return failure(`${String(topic)} already has a responder.`);
    }
    const responder = { answer, open: new Set<() => void>() };
    this.#responders[topic] = responder;
    return success({
      dispose: () => {
        if (this.#responders[topic] === responder) {
          this.#responders[topic] = undefined;
        }
        for (const end of responder.open) {
          end();
        }
      },
    });
  }

  /** Asks the responder and waits as long as it takes, for example for a person. Never throws. */
  async request<K extends keyof Questions>(
    topic: K,
    ask: Questions[K]['ask'],
  ): Promise<Result<Questions[K]['answer'], RequestFailure>> {
    const name = String(topic);
    const responder = this.#responders[topic];
    if (responder === undefined) {
      return failure({ reason: 'no_responder', message: `${name} has no responder.` });
    }
    return new Promise((resolve) => {
      const end = (): void => {
        const message = t('The responder of {0} was closed before it answered.', name);
        resolve(failure({ reason: 'responder_gone', message }));
      };
      responder.open.add(end);
      void answerOf(responder, ask, name).then((answer) => {
        responder.open.delete(end);
        resolve(answer);
      });
    });
  }

  #notify<T>(topic: string, listener: Listener<T>, message: T): void {
    try {
      listener.notify(message);
    } catch (error) {
      if (!listener.reported) {
        listener.reported = true;
        const sentence = `${listener.name} failed on ${topic}: ${describe(error)}`;
        this.#report({ topic, subscriber: listener.name, message: sentence, error });
      }
    }
  }
}

async function answerOf<E extends Exchange>(
  { answer }: Responder<E>,
  ask: E['ask'],
  topic: string,
): Promise<Result<E['answer'], RequestFailure>> {
  try {
    return success(await answer(ask));
  } catch (error) {
    const message = t('The responder of {0} failed: {1}', topic, describe(error));
    return failure({ reason: 'responder_failed', message });
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
