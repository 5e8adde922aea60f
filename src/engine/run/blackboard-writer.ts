import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { projectBlackboard } from '../../coordinator/blackboard/blackboard.ts';
import { historyOf } from '../../coordinator/blackboard/history.ts';
import type { RunState } from '../../coordinator/run/state/state.ts';
import type { RunEventBody } from '../../coordinator/schema/events.ts';
import { contextDirectory } from '../../store/directories/run-directory.ts';
import { blackboardFile } from '../../store/directories/run-directory.ts';
import { writeFileAtomic } from '../../system/atomic-file.ts';

/** How long changes are gathered before the files are written, ms. */
const COALESCE_MS = 1000;

/**
 * Keeps `blackboard.json` and `history.jsonl` of a run true. They are projections of the journal for people and checks;
 * agents have views of their own. A failed write stops nothing and is tried again with the next change.
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

  /** To be told of every event once it is part of the state. */
  told(event: RunEventBody): void {
    // A new attempt puts away what the one before left.
    const changes = event.type === 'attempt.requested' && this.#run.results.size > 0;
    if (event.type === 'result.received' || changes) {
      this.#changed = true;
      this.#timer ??= setTimeout(() => void this.#writeNext(), COALESCE_MS);
    }
  }

  /** Writes both files now, changed or not. */
  write(): Promise<void> {
    this.#changed = true;
    return this.#writeNext();
  }

  /** Writes what was not yet written. */
  flush(): Promise<void> {
    return this.#writeNext();
  }

  /** Forgets what was not yet written. */
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
