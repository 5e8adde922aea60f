import type { Disposable } from '../../shared/disposable.ts';
import { Emitter } from '../../shared/emitter.ts';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * Ctrl-C and a polite request to end, counted: the first asks for a stop, the second wants it at once. Until disposed
 * neither ends this process by itself.
 */
export class Interrupt implements Disposable {
  readonly #controller = new AbortController();
  readonly #emitter = new Emitter<number>();
  #count = 0;
  readonly #onSignal = (): void => {
    this.#count += 1;
    this.#controller.abort();
    this.#emitter.fire(this.#count);
  };

  /** Tells how often it was asked by now. */
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
