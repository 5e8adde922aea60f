import type { RunnerEvent } from '../../coordinator/schema/attempt.ts';

/**
 * Lets through at most one step and one usage in `windowMs`: the first at once, then the newest of each window. What was
 * overtaken is in the log. Everything else is let through at once, after what was waiting; so is a step that names the
 * file it changes, because what other tasks may claim depends on it, and what a person said.
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
      // The newest goes to the end, so that the order of what is written is the order of what happened.
      this.#waiting.delete(event.type);
      this.#waiting.set(event.type, event);
      return;
    }
    this.#recent.add(event.type);
    this.#write(event);
    this.#timer ??= setTimeout(() => this.#windowOver(), this.#windowMs);
  }

  /** Writes what waits; at the end of an attempt, before its last event. */
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

  #windowOver(): void {
    this.#timer = undefined;
    const types = [...this.#waiting.keys()];
    this.flush();
    this.#recent.clear();
    for (const type of types) {
      this.#recent.add(type);
    }
    if (types.length > 0) {
      this.#timer = setTimeout(() => this.#windowOver(), this.#windowMs);
    }
  }
}

function isFrequent(event: RunnerEvent): boolean {
  if (event.type === 'usage') {
    return true;
  }
  return event.type === 'step' && event.file === undefined && event.kind !== 'told';
}
