import type { Disposable } from './disposable.ts';

/** A listener registration, in the manner of VS Code's `Event<T>`, usable without VS Code. */
export type Subscribe<T> = (listener: (value: T) => void) => Disposable;

/** Where errors of listeners go: nobody's, unless a program says so, and then seen as every error nobody caught. */
let report = (error: unknown): void => {
  void Promise.reject(error instanceof Error ? error : new Error(String(error)));
};

/** Has errors of listeners reported elsewhere: to the log of the program. The way back is to dispose it. */
export function onListenerError(handler: (error: unknown) => void): Disposable {
  const before = report;
  report = handler;
  return {
    dispose: () => {
      report = before;
    },
  };
}

/** Publishes values to its subscribers, in order of subscription. */
export class Emitter<T> {
  readonly #listeners = new Set<{ readonly notify: (value: T) => void }>();

  readonly subscribe: Subscribe<T> = (notify) => {
    const entry = { notify };
    this.#listeners.add(entry);
    return { dispose: () => void this.#listeners.delete(entry) };
  };

  /** Never throws: a listener that does keeps nobody else from being told. */
  fire(value: T): void {
    // A copy: a listener may subscribe or dispose while it is being told.
    for (const entry of [...this.#listeners]) {
      try {
        entry.notify(value);
      } catch (error) {
        report(error);
      }
    }
  }
}
