import { toDeadLetter } from '../../coordinator/projections/dead-letter.ts';
import type { RunState, TaskRecord } from '../../coordinator/run/state/state.ts';
import type { RunEventBody } from '../../coordinator/schema/events.ts';
import { attemptFiles } from '../../store/attempts/attempt-directory.ts';
import { outputTail } from '../../store/attempts/output-tail.ts';
import {
  hasDeadLetter,
  removeDeadLetter,
  writeDeadLetter,
} from '../../store/projections/dead-letters.ts';

/** Number of output lines that a dead letter keeps. */
const TAIL_LINES = 8;
/**
 * Limits the dead letters of tasks that never started: they add little to those of the rest of the
 * run.
 */
const MOST_NEVER_STARTED = 200;
/**
 * After these events, tasks can have failed without an event of their own: refused by a policy, or
 * before anything was started.
 */
const SCANNED: ReadonlySet<string> = new Set(['phase.entered', 'policy.reported', 'run.ended']);

interface KeeperOptions {
  /** Absolute. */
  readonly workspaceRoot: string;
  readonly run: RunState;
  readonly lock: { isStillMine(): Promise<boolean> };
  /** Absolute directory of a task's newest attempt. */
  readonly attemptDirectory: (record: TaskRecord) => string;
}

/**
 * Writes a dead letter for every task that a run of this user gave up, and removes those of tasks
 * that are done. Dead letters are a projection for people: a failed write stops nothing, because
 * the journal has the same facts.
 */
export class DeadLetterWriter {
  readonly #options: KeeperOptions;
  /** The state of each task when its dead letter was last checked. */
  readonly #seen = new Map<TaskRecord, TaskRecord['state']['kind']>();
  #neverStarted = 0;
  #work: Promise<void> = Promise.resolve();

  constructor(options: KeeperOptions) {
    this.#options = options;
  }

  /** Handles an event after the state includes it. */
  told(event: RunEventBody): void {
    if (SCANNED.has(event.type)) {
      this.lookAtAll();
    } else if ('task' in event && event.task !== null) {
      const record = this.#options.run.tasks.get(event.task);
      if (record !== undefined) {
        this.#look(record);
      }
    }
  }

  /** Checks all tasks of a resumed run. */
  lookAtAll(): void {
    for (const record of this.#options.run.order) {
      this.#look(record);
    }
  }

  /** Resolves when the dead letters for all handled events are on disk. */
  flush(): Promise<void> {
    return this.#work;
  }

  #look(record: TaskRecord): void {
    const { kind } = record.state;
    if (this.#seen.get(record) === kind) {
      return;
    }
    this.#seen.set(record, kind);
    if (kind === 'failed') {
      this.#neverStarted += record.attempt === 0 ? 1 : 0;
      if (record.attempt > 0 || this.#neverStarted <= MOST_NEVER_STARTED) {
        this.#then(() => this.#write(record));
      }
    } else if (kind === 'completed') {
      this.#remove(record);
    }
  }

  #remove({ planned: { key } }: TaskRecord): void {
    const { workspaceRoot } = this.#options;
    // Most tasks have no dead letter; they need no check of the lock.
    if (hasDeadLetter(workspaceRoot, key)) {
      this.#then(() => removeDeadLetter(workspaceRoot, key));
    }
  }

  async #write(record: TaskRecord): Promise<void> {
    const { workspaceRoot, run, attemptDirectory } = this.#options;
    const directory = record.attempt === 0 ? null : attemptDirectory(record);
    const tail =
      directory === null ? '' : await outputTail(attemptFiles(directory).output, TAIL_LINES);
    const letter = toDeadLetter(run, record, tail);
    if (letter !== null) {
      await writeDeadLetter(workspaceRoot, letter);
    }
  }

  /** Queues work in order and skips it once the lock is lost. */
  #then(work: () => Promise<unknown>): void {
    this.#work = this.#work.then(async () => {
      if (await this.#options.lock.isStillMine()) {
        await work();
      }
    });
  }
}
