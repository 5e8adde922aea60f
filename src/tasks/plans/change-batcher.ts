import type { Disposable } from '../../shared/disposable.ts';

/**
 * Quiet time before changed files are read, in ms. Editors write a file in several steps, and a git checkout writes
 * many files at once.
 */
const SETTLE_MS = 100;
/** Longest delay of a report, in ms, so that a file that is written without pause does not hold up the others. */
const MAX_DELAY_MS = 1000;

/** Collects the paths of changed files and reports them together. */
export class ChangeBatcher implements Disposable {
  readonly #report: (paths: readonly string[]) => void;
  readonly #paths = new Set<string>();
  #timer: NodeJS.Timeout | null = null;
  #since = 0;

  constructor(report: (paths: readonly string[]) => void) {
    this.#report = report;
  }

  add(path: string): void {
    if (this.#timer === null) {
      this.#since = Date.now();
    } else {
      clearTimeout(this.#timer);
    }
    this.#paths.add(path);
    const left = this.#since + MAX_DELAY_MS - Date.now();
    this.#timer = setTimeout(
      () => {
        this.#timer = null;
        const paths = [...this.#paths];
        this.#paths.clear();
        this.#report(paths);
      },
      Math.max(0, Math.min(SETTLE_MS, left)),
    );
  }

  dispose(): void {
    if (this.#timer !== null) {
      clearTimeout(this.#timer);
    }
    this.#timer = null;
    this.#paths.clear();
  }
}
