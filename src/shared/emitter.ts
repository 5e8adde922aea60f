import type { Disposable } from './disposable.ts';

/** A listener registration, in the manner of VS Code's `Event<T>`, usable without VS Code. */
export type Subscribe<T> = (listener: (value: T) => void) => Disposable;

/** Publishes values to its subscribers, in order of subscription. */
export class Emitter<T> {
  readonly #listeners = new Set<{ readonly notify: (value: T) => void }>();

  readonly subscribe: Subscribe<T> = (notify) => {
    const entry = { notify };
    this.#listeners.add(entry);
    return { dispose: () => void this.#listeners.delete(entry) };
  };

  fire(value: T): void {
    // A copy: a listener may subscribe or dispose while it is being told.
    for (const entry of [...this.#listeners]) {
      entry.notify(value);
    }
  }
}
