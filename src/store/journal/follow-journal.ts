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

/** What an observer is told. */
export type JournalUpdate =
  /**
   * The journal from its start. Comes first, and again if a takeover did not accept the last events that were told: they
   * never counted, and this replaces all that was told before.
   */
  | { readonly kind: 'whole'; readonly journal: Journal }
  /** What came after. */
  | { readonly kind: 'more'; readonly events: readonly RunEvent[] }
  /** The journal cannot be read any further; nothing more will be told. */
  | { readonly kind: 'failed'; readonly failure: ReadFailure };

/**
 * Tells `listener` the journal of a run that another process coordinates: first what is there (once there is an event),
 * then what is added, across takeovers. The directory has to exist.
 */
export function followJournal(
  runDirectory: string,
  listener: (news: JournalUpdate) => void,
): DirectoryWatch {
  return new Follower(runDirectory, listener).start();
}

class Follower {
  readonly #directory: string;
  readonly #listener: (news: JournalUpdate) => void;
  #position: Position | null = null;
  #watch: DirectoryWatch | undefined;
  #over = false;

  constructor(directory: string, listener: (news: JournalUpdate) => void) {
    this.#directory = directory;
    this.#listener = listener;
  }

  start(): DirectoryWatch {
    const watch = watchDirectory(this.#directory, () => this.#look());
    this.#watch = watch;
    return { poke: () => watch.poke(), dispose: () => this.#end() };
  }

  #end(): void {
    this.#over = true;
    this.#watch?.dispose();
  }

  async #look(): Promise<void> {
    const news = await this.#news();
    if (this.#over) {
      return;
    }
    if (!news.ok) {
      this.#end();
      this.#listener({ kind: 'failed', failure: news.failure });
    } else if (news.value !== null) {
      this.#position = news.value.position;
      this.#listener(news.value.news);
    }
  }

  async #news(): Promise<Result<News | null, ReadFailure>> {
    const told = this.#position;
    try {
      if (told === null || (await this.#newestEpoch()) > told.epoch) {
        return await this.#reread(told);
      }
      return await this.#readOn(told);
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

  /** A segment is new: only the whole chain tells how much of the one before counts. */
  async #reread(told: Position | null): Promise<Result<News | null, ReadFailure>> {
    const read = await readJournal(this.#directory);
    if (!read.ok) {
      return told === null && isNotYet(read.failure) ? success(null) : read;
    }
    const journal = read.value;
    const position = journal.end;
    if (told === null || !counts(journal, told)) {
      return success({ position, news: { kind: 'whole', journal } });
    }
    return success(more(journal.events.slice(told.seq), position));
  }

  async #readOn(told: Position): Promise<Result<News | null, ReadFailure>> {
    const file = segmentFile(this.#directory, told.epoch);
    const bytes = await readRegularFile(file, MOST_SEGMENT_BYTES, told.length);
    const read = readEventLines(file, bytes, told);
    return read.ok ? success(more(read.value.events, read.value.position)) : read;
  }
}

interface News {
  readonly position: Position;
  readonly news: JournalUpdate;
}

function more(events: readonly RunEvent[], position: Position): News | null {
  // A new segment without an event moves the position too, but the next look finds that again.
  return events.length === 0 ? null : { position, news: { kind: 'more', events } };
}

/** Whether all that was told up to `told` was accepted. */
function counts(journal: Journal, told: Position): boolean {
  const segment = journal.segments.find(({ epoch }) => epoch === told.epoch);
  return segment !== undefined && told.length <= segment.length;
}

function isNotYet({ reason }: ReadFailure): boolean {
  return reason === 'not_started';
}
