import type { RunEventBody } from '../../../src/coordinator/schema/events.ts';
import { listRunDirectories } from '../../../src/store/directories/run-directory.ts';
import { type Journal, readJournal } from '../../../src/store/journal/journal-reader.ts';

type EventType = RunEventBody['type'];
/** The event with this type, with its own fields. */
type EventOf<T extends EventType> = Extract<RunEventBody, { type: T }>;

/** The only run of a group, from the state directory of its workspace. */
export class RunJournal {
  readonly #journal: Journal;

  private constructor(journal: Journal) {
    this.#journal = journal;
  }

  /**
   * Reads the journal of the only run of `group` in `folder`, or of the only run there; throws if there is none or more
   * than one.
   */
  static async read(folder: string, group?: string): Promise<RunJournal> {
    const journals: Journal[] = [];
    for (const directory of await listRunDirectories(folder)) {
      const journal = await readJournal(directory);
      if (!journal.ok) {
        throw new Error(journal.failure.message);
      }
      journals.push(journal.value);
    }
    const own = journals.filter(({ plan }) => group === undefined || plan.groupId === group);
    const [only] = own;
    if (only === undefined || own.length > 1) {
      throw new Error(`${group ?? folder} has ${own.length} runs instead of one.`);
    }
    return new RunJournal(only);
  }

  /** The coordinators that wrote it, oldest first. */
  get epochs(): readonly number[] {
    return this.#journal.segments.map(({ epoch }) => epoch);
  }

  /** Returns all events of one type, oldest first. */
  all<T extends EventType>(type: T): EventOf<T>[] {
    return this.#journal.events.flatMap(({ event }) => (isOf(event, type) ? [event] : []));
  }

  /** Returns how often each task was started, by its id. */
  starts(): Readonly<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const { task } of this.all('attempt.requested')) {
      counts[this.#idOf(task)] = (counts[this.#idOf(task)] ?? 0) + 1;
    }
    return counts;
  }

  /** Returns the process of the newest attempt of the task `id`. */
  runnerOf(id: string): number {
    const claimed = this.all('attempt.claimed').findLast(({ task }) => this.#idOf(task) === id);
    if (claimed === undefined) {
      throw new Error(`No runner has claimed ${id}.`);
    }
    return claimed.pid;
  }

  #idOf(key: string): string {
    return this.#journal.plan.tasks.find((task) => task.key === key)?.id ?? key;
  }
}

function isOf<T extends EventType>(event: RunEventBody, type: T): event is EventOf<T> {
  return event.type === type;
}
