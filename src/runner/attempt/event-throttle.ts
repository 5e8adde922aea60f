import type { RunnerEvent } from '../../coordinator/schema/attempt.ts';

/**
 * Passes on at most one step and one usage in `windowMs`: the first immediately, then the newest of each window. The log
 * has the skipped ones. All other events pass immediately, after the waiting ones; so do steps that name a changed file,
 * because claims of other tasks depend on them, and messages of a person.
 */
export class EventThrottle {
  readonly #write: (event: RunnerEvent) => void;
  readonly #windowMs: number;
  readonly #waiting = new Map<RunnerEvent['type'], RunnerEvent>();
  readonly #recent = new Set<RunnerEvent['type']>();
  #timer: NodeJS.Timeout | undefined;

  constructor(write: (event: RunnerEvent) => void, windowMs: number) {
    this.#write = write;
    this.#windowMs = windowMs;
  }

  push(event: RunnerEvent): void {
    if (!isFrequent(event)) {
      this.flush();
      this.#write(event);
      return;
    }
    if (this.#recent.has(event.type)) {
      // Moves the newest to the end, so that events are written in the order in which they happened.
      this.#waiting.delete(event.type);
      this.#waiting.set(event.type, event);
      return;
    }
    this.#recent.add(event.type);
    this.#write(event);
    this.#timer ??= setTimeout(() => this.#onWindowEnd(), this.#windowMs);
  }

  /** Writes the waiting events. Call it before the last event of an attempt. */
  flush(): void {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const event of waiting) {
      this.#write(event);
    }
  }

  dispose(): void {
    this.flush();
    clearTimeout(this.#timer);
  }

  #onWindowEnd(): void {
    this.#timer = undefined;
    const types = [...this.#waiting.keys()];
    this.flush();
    this.#recent.clear();
    for (const type of types) {
      this.#recent.add(type);
    }
    if (types.length > 0) {
      this.#timer = setTimeout(() => this.#onWindowEnd(), this.#windowMs);
    }
  }
}

function isFrequent(event: RunnerEvent): boolean {
  if (event.type === 'usage') {
    return true;
  }
  return event.type === 'step' && event.file === undefined && event.kind !== 'hears';
}
