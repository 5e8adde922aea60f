import type { RunEvent } from '../../coordinator/schema/events.ts';
import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import { readRegularFile } from '../files/read-regular-file.ts';
import { describeError } from '../files/state-failure.ts';
import { type DirectoryWatch, watchDirectory } from '../files/watch-directory.ts';
import type { ReadFailure } from './journal-failure.ts';
import { type Journal, readJournal } from './journal-reader.ts';
import { type Position, readEventLines } from './lines.ts';
import { listEpochs, MOST_SEGMENT_BYTES, segmentFile } from './segment-file.ts';

/** One delivery to an observer. */
export type JournalUpdate =
  /**
   * The journal from its start. Comes first, and again if a takeover rejected events that were already delivered. Replaces
   * everything delivered before.
   */
  | { readonly kind: 'whole'; readonly journal: Journal }
  /** The events after the last delivery. */
  | { readonly kind: 'more'; readonly events: readonly RunEvent[] }
  /** The journal cannot be read any further. This is the last delivery. */
  | { readonly kind: 'failed'; readonly failure: ReadFailure };

/**
 * Delivers the journal of a run that another process coordinates: first everything in it (as soon as it has an event),
 * then each addition, across takeovers. The directory must exist.
 */
export function followJournal(
  runDirectory: string,
  listener: (update: JournalUpdate) => void,
): DirectoryWatch {
  return new Follower(runDirectory, listener).start();
}

class Follower {
  readonly #directory: string;
  readonly #listener: (update: JournalUpdate) => void;
  #position: Position | null = null;
  #watch: DirectoryWatch | undefined;
  #disposed = false;

  constructor(directory: string, listener: (update: JournalUpdate) => void) {
    this.#directory = directory;
    this.#listener = listener;
  }

  start(): DirectoryWatch {
    const watch = watchDirectory(this.#directory, () => this.#refresh());
    this.#watch = watch;
    return { refresh: () => watch.refresh(), dispose: () => this.#end() };
  }

  #end(): void {
    this.#disposed = true;
    this.#watch?.dispose();
  }

  async #refresh(): Promise<void> {
    const next = await this.#readUpdate();
    if (this.#disposed) {
      return;
    }
    if (!next.ok) {
      this.#end();
      this.#listener({ kind: 'failed', failure: next.failure });
    } else if (next.value !== null) {
      this.#position = next.value.position;
      this.#listener(next.value.update);
    }
  }

  async #readUpdate(): Promise<Result<PositionedUpdate | null, ReadFailure>> {
    const known = this.#position;
    try {
      if (known === null || (await this.#newestEpoch()) > known.epoch) {
        return await this.#reread(known);
      }
      return await this.#readMore(known);
    } catch (error) {
      const message = t(
        'The journal in {0} cannot be read: {1}.',
        this.#directory,
        describeError(error),
      );
      return failure({ reason: 'cannot_read', file: this.#directory, message });
    }
  }

  async #newestEpoch(): Promise<number> {
    const [newest] = await listEpochs(this.#directory);
    return newest ?? 0;
  }

  /** A new segment: reads the whole chain, because its header determines which part of the previous segment is valid. */
  async #reread(known: Position | null): Promise<Result<PositionedUpdate | null, ReadFailure>> {
    const read = await readJournal(this.#directory);
    if (!read.ok) {
      return known === null && isNotYet(read.failure) ? success(null) : read;
    }
    const journal = read.value;
    const position = journal.end;
    if (known === null || !accepts(journal, known)) {
      return success({ position, update: { kind: 'whole', journal } });
    }
    return success(more(journal.events.slice(known.seq), position));
  }

  async #readMore(known: Position): Promise<Result<PositionedUpdate | null, ReadFailure>> {
    const file = segmentFile(this.#directory, known.epoch);
    const bytes = await readRegularFile(file, MOST_SEGMENT_BYTES, known.length);
    const read = readEventLines(file, bytes, known);
    return read.ok ? success(more(read.value.events, read.value.position)) : read;
  }
}

interface PositionedUpdate {
  readonly position: Position;
  readonly update: JournalUpdate;
}

function more(events: readonly RunEvent[], position: Position): PositionedUpdate | null {
  // An empty new segment also moves the position; the next refresh finds it again.
  return events.length === 0 ? null : { position, update: { kind: 'more', events } };
}

/** Whether the journal still has everything up to `known`. */
function accepts(journal: Journal, known: Position): boolean {
  const segment = journal.segments.find(({ epoch }) => epoch === known.epoch);
  return segment !== undefined && known.length <= segment.length;
}

function isNotYet({ reason }: ReadFailure): boolean {
  return reason === 'not_started';
}
