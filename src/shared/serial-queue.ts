/** Runs asynchronous work one piece at a time, in the order of the calls. A piece that fails does not stop the next. */
export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs `work` after everything that was queued before; settles as `work` does. */
  run<T>(work: () => T | Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    // A caller may ignore the result, so a failure must not count as unhandled.
    this.#last = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  }

  /** Resolves when everything that is queued now has ended; never rejects. */
  async idle(): Promise<void> {
    await this.#last;
  }
}
