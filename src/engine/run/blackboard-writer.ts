import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { projectBlackboard } from '../../coordinator/blackboard/blackboard.ts';
import { historyOf } from '../../coordinator/blackboard/history.ts';
import type { RunState } from '../../coordinator/run/state/state.ts';
import type { RunEventBody } from '../../coordinator/schema/events.ts';
import { contextDirectory } from '../../store/directories/run-directory.ts';
import { blackboardFile } from '../../store/directories/run-directory.ts';
import { writeFileAtomic } from '../../system/atomic-file.ts';

/** How long to collect changes before writing the files, ms. */
const COALESCE_MS = 1000;

/**
 * Keeps `blackboard.json` and `history.jsonl` of a run up to date. They are projections of the
 * journal for people and checks; agents have their own views. A failed write stops nothing and is
 * retried with the next change.
 */
export class BlackboardWriter {
  readonly #runDirectory: string;
  readonly #run: RunState;
  readonly #lock: { isStillMine(): Promise<boolean> };
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #changed = false;

  constructor(runDirectory: string, run: RunState, lock: { isStillMine(): Promise<boolean> }) {
    this.#runDirectory = runDirectory;
    this.#run = run;
    this.#lock = lock;
  }

  /** Handles an event after the state includes it. */
  told(event: RunEventBody): void {
    // A new attempt clears the result of the previous one.
    const changes = event.type === 'attempt.requested' && this.#run.results.size > 0;
    if (event.type === 'result.received' || changes) {
      this.#changed = true;
      this.#timer ??= setTimeout(() => void this.#writeNext(), COALESCE_MS);
    }
  }

  /** Writes both files, even if nothing has changed. */
  write(): Promise<void> {
    this.#changed = true;
    return this.#writeNext();
  }

  /** Writes pending changes. */
  flush(): Promise<void> {
    return this.#writeNext();
  }

  /** Discards pending changes. */
  dispose(): void {
    clearTimeout(this.#timer);
    this.#changed = false;
  }

  #writeNext(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    return (this.#writing = this.#writing.then(() => this.#write()).catch(() => undefined));
  }

  async #write(): Promise<void> {
    if (!this.#changed || !(await this.#lock.isStillMine())) {
      return;
    }
    this.#changed = false;
    const directory = contextDirectory(this.#runDirectory);
    const board = `${JSON.stringify(projectBlackboard(this.#run), undefined, 2)}\n`;
    const history = historyOf(this.#run).map((entry) => `${JSON.stringify(entry)}\n`);
    await mkdir(directory, { recursive: true });
    await writeFileAtomic(blackboardFile(this.#runDirectory), board);
    await writeFileAtomic(join(directory, 'history.jsonl'), history.join(''));
  }
}
