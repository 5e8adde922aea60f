import type { Disposable } from '../../shared/disposable.ts';
import { Emitter } from '../../shared/emitter.ts';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Counts Ctrl-C and requests to end. Until it is disposed, these signals do not end the process. */
export class Interrupt implements Disposable {
  readonly #controller = new AbortController();
  readonly #emitter = new Emitter<number>();
  #count = 0;
  readonly #onSignal = (): void => {
    this.#count += 1;
    this.#controller.abort();
    this.#emitter.fire(this.#count);
  };

  /** Fires with the number of requests so far. */
  readonly onRequest = this.#emitter.subscribe;

  constructor() {
    for (const signal of SIGNALS) {
      process.on(signal, this.#onSignal);
    }
  }

  get requested(): boolean {
    return this.#count > 0;
  }

  /** Aborted by the first request. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  dispose(): void {
    for (const signal of SIGNALS) {
      process.off(signal, this.#onSignal);
    }
  }
}
