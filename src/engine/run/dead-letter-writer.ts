import { toDeadLetter } from '../../coordinator/projections/dead-letter.ts';
import type { RunState, TaskRecord } from '../../coordinator/run/state/state.ts';
import type { RunEventBody } from '../../coordinator/schema/events.ts';
import { SerialQueue } from '../../shared/serial-queue.ts';
import { attemptFiles } from '../../store/attempts/attempt-directory.ts';
import { outputTail } from '../../store/attempts/output-tail.ts';
import {
  hasDeadLetter,
  removeDeadLetter,
  writeDeadLetter,
} from '../../store/projections/dead-letters.ts';

/** Number of output lines that a dead letter keeps. */
const TAIL_LINES = 8;
/** Limits the dead letters of tasks that never started: they add little to those of the rest of the run. */
const MOST_NEVER_STARTED = 200;
/**
 * After these events, tasks can have failed without an event of their own: refused by a policy, or before anything was
 * started.
 */
const SCANNED: ReadonlySet<string> = new Set(['phase.entered', 'policy.reported', 'run.ended']);

interface DeadLetterDeps {
  /** Absolute. */
  readonly workspaceRoot: string;
  readonly run: RunState;
  readonly lock: { isStillMine(): Promise<boolean> };
  /** Absolute directory of a task's newest attempt. */
  readonly attemptDirectory: (record: TaskRecord) => string;
}

/**
 * Writes a dead letter for every task that a run of this user gave up, and removes those of tasks that are done. Dead
 * letters are a projection for people: a failed write stops nothing, because the journal has the same facts.
 */
export class DeadLetterWriter {
  readonly #deps: DeadLetterDeps;
  /** The state of each task when its dead letter was last checked. */
  readonly #seen = new Map<TaskRecord, TaskRecord['state']['kind']>();
  #neverStarted = 0;
  readonly #queue = new SerialQueue();

  constructor(deps: DeadLetterDeps) {
    this.#deps = deps;
  }

  /** Handles an event after the state includes it. */
  onEvent(event: RunEventBody): void {
    if (SCANNED.has(event.type)) {
      this.checkAll();
    } else if ('task' in event && event.task !== null) {
      const record = this.#deps.run.tasks.get(event.task);
      if (record !== undefined) {
        this.#check(record);
      }
    }
  }

  /** Checks all tasks of a resumed run. */
  checkAll(): void {
    for (const record of this.#deps.run.order) {
      this.#check(record);
    }
  }

  /** Resolves when the dead letters for all handled events are on disk. */
  flush(): Promise<void> {
    return this.#queue.idle();
  }

  #check(record: TaskRecord): void {
    const { kind } = record.state;
    if (this.#seen.get(record) === kind) {
      return;
    }
    this.#seen.set(record, kind);
    if (kind === 'failed') {
      this.#neverStarted += record.attempt === 0 ? 1 : 0;
      if (record.attempt > 0 || this.#neverStarted <= MOST_NEVER_STARTED) {
        this.#enqueue(() => this.#write(record));
      }
    } else if (kind === 'completed') {
      this.#remove(record);
    }
  }

  #remove({ planned: { key } }: TaskRecord): void {
    const { workspaceRoot } = this.#deps;
    // Most tasks have no dead letter; they need no check of the lock.
    if (hasDeadLetter(workspaceRoot, key)) {
      this.#enqueue(() => removeDeadLetter(workspaceRoot, key));
    }
  }

  async #write(record: TaskRecord): Promise<void> {
    const { workspaceRoot, run, attemptDirectory } = this.#deps;
    const directory = record.attempt === 0 ? null : attemptDirectory(record);
    const tail =
      directory === null ? '' : await outputTail(attemptFiles(directory).output, TAIL_LINES);
    const deadLetter = toDeadLetter(run, record, tail);
    if (deadLetter !== null) {
      await writeDeadLetter(workspaceRoot, deadLetter);
    }
  }

  /** Queues work in order and skips it once the lock is lost. */
  #enqueue(work: () => Promise<unknown>): void {
    void this.#queue.run(async () => {
      if (await this.#deps.lock.isStillMine()) {
        await work();
      }
    });
  }
}
