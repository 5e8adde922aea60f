import type { Disposable } from './disposable.ts';

/** Registers a listener, like VS Code's `Event<T>`, without depending on VS Code. */
export type Subscribe<T> = (listener: (value: T) => void) => Disposable;

/** Reports errors of listeners; by default as unhandled rejections. */
let report = (error: unknown): void => {
  void Promise.reject(error instanceof Error ? error : new Error(String(error)));
};

/** Reports errors of listeners to `handler`, such as the program's log, until disposed. */
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

  /** Never throws: if a listener throws, the others are still notified. */
  fire(value: T): void {
    // A copy: a listener may subscribe or dispose during the notification.
    for (const entry of [...this.#listeners]) {
      try {
        entry.notify(value);
      } catch (error) {
        report(error);
      }
    }
  }
}
