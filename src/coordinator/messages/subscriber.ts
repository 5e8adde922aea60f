/** Why a subscriber is reported: its listener failed, or it fell too far behind and was let go. */
export interface SubscriberFailure {
  readonly topic: string;
  /** Who subscribed, for the log. */
  readonly subscriber: string;
  readonly reason: 'failed' | 'fell_behind';
  /** A sentence for a person. */
  readonly message: string;
  readonly error: unknown;
}

export interface SubscriberOptions {
  readonly topic: string;
  readonly name: string;
  /** Messages that wait at most, while the listener is still busy with the one before. */
  readonly limit: number;
  /** Whether a newer message says all that an older one said, so that the oldest can be left out. */
  readonly snapshots: boolean;
  readonly report: (failure: SubscriberFailure) => void;
  /** It fell behind where nothing may be left out: it is told nothing more. */
  readonly letGo: () => void;
}

/**
 * One listener with a queue of its own. It is told at once; only while a promise of its own is not settled do its
 * messages wait, in their order, and nobody else waits with them.
 */
export class Subscriber<T> {
  readonly #listener: (message: T) => unknown;
  readonly #options: SubscriberOptions;
  readonly #waiting: T[] = [];
  #busy = false;
  #gone = false;
  #reported = false;
  #dropped = 0;

  constructor(listener: (message: T) => unknown, options: SubscriberOptions) {
    this.#listener = listener;
    this.#options = options;
  }

  /** How many messages were left out because it was too slow for them. */
  get dropped(): number {
    return this.#dropped;
  }

  take(message: T): void {
    if (this.#gone) {
      return;
    }
    if (!this.#busy) {
      this.#tell(message);
      return;
    }
    this.#waiting.push(message);
    if (this.#waiting.length > this.#options.limit) {
      this.#overflow();
    }
  }

  /** Nothing more is told, what waits included. */
  stop(): void {
    this.#gone = true;
    this.#waiting.length = 0;
  }

  #tell(message: T): void {
    try {
      const told = this.#listener(message);
      if (told instanceof Promise) {
        this.#busy = true;
        void told
          .catch((error: unknown) => {
            this.#failed(error);
          })
          .then(() => {
            this.#goOn();
          });
      }
    } catch (error) {
      this.#failed(error);
    }
  }

  #goOn(): void {
    this.#busy = false;
    while (!this.#isBusy()) {
      const next = this.#waiting.shift();
      if (next === undefined || this.#gone) {
        return;
      }
      this.#tell(next);
    }
  }

  /** A method of its own: telling changes it. */
  #isBusy(): boolean {
    return this.#busy;
  }

  #overflow(): void {
    const { snapshots, limit, letGo, name, topic } = this.#options;
    if (snapshots) {
      this.#waiting.shift();
      this.#dropped += 1;
      return;
    }
    this.stop();
    letGo();
    const message = `${name} is told no more of ${topic}: it was ${limit} messages behind.`;
    this.#report('fell_behind', message, null);
  }

  #failed(error: unknown): void {
    const { name, topic } = this.#options;
    const why = error instanceof Error ? error.message : String(error);
    this.#report('failed', `${name} failed on ${topic}: ${why}`, error);
  }

  /** Once: what fails on every event would fill a log. */
  #report(reason: SubscriberFailure['reason'], message: string, error: unknown): void {
    if (!this.#reported) {
      this.#reported = true;
      const { topic, name, report } = this.#options;
      report({ topic, subscriber: name, reason, message, error });
    }
  }
}
