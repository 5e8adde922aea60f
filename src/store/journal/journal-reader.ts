import type { RunEvent } from '../../coordinator/schema/events.ts';
import type { RunSpec } from '../../coordinator/schema/run-spec.ts';
import type { GroupKey, RunId } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import type { ReadFailure } from './journal-failure.ts';
import { type Position, readEventLines } from './lines.ts';
import { originOf } from './origin.ts';
import { readSegments, type Segment } from './read-segments.ts';

/** The valid part of a run's journal. */
export interface Journal {
  readonly run: RunId;
  readonly group: GroupKey;
  /** Frozen in the first event. */
  readonly plan: RunSpec;
  /** `seq` starts at 1 and has no gaps; the first event is `run.started`. */
  readonly events: readonly RunEvent[];
  /** Identifies this run in the run register. */
  readonly origin: string;
  /** The end of the journal, where a new segment continues. */
  readonly end: Position;
  /** Its segments, oldest first, with the valid bytes of each. */
  readonly segments: readonly { readonly epoch: number; readonly length: number }[];
}

/**
 * Reads and validates a run's journal, along the chain of its segments. Ignores a torn last line; any other error is a
 * failure that names the file. Never changes a file.
 */
export async function readJournal(runDirectory: string): Promise<Result<Journal, ReadFailure>> {
  const segments = await readSegments(runDirectory);
  if (!segments.ok) {
    return segments;
  }
  const events: RunEvent[] = [];
  const ends: Position[] = [];
  let before = { seq: 0, at: -Infinity };
  for (const segment of segments.value) {
    const read = readEventLines(segment.file, eventBytes(segment), {
      epoch: segment.header.epoch,
      length: segment.headerLength,
      lines: 1,
      ...before,
    });
    if (!read.ok) {
      return read;
    }
    // Not `push(...events)`: a long journal would exceed the maximum number of arguments.
    for (const event of read.value.events) {
      events.push(event);
    }
    const { seq, at } = read.value.position;
    before = { seq, at };
    ends.push(read.value.position);
  }
  return assemble(runDirectory, segments.value, events, ends);
}

function assemble(
  runDirectory: string,
  segments: readonly Segment[],
  events: readonly RunEvent[],
  ends: readonly Position[],
): Result<Journal, ReadFailure> {
  const [first] = segments;
  const end = ends.at(-1);
  const started = events[0]?.event;
  if (first === undefined || end === undefined || started === undefined) {
    const message = t('Nothing was started in {0}: its journal has no event.', runDirectory);
    return failure({ reason: 'not_started', message });
  }
  const { run, group } = first.header;
  if (started.type !== 'run.started' || started.plan.run !== run || started.plan.group !== group) {
    const message = t(
      '{0}:2 does not start the run that line 1 names; the file is kept as it is.',
      first.file,
    );
    return failure({ reason: 'bad_line', file: first.file, line: 2, message });
  }
  return success({
    run,
    group,
    plan: started.plan,
    events,
    origin: originOf(eventBytes(first)),
    end,
    segments: ends.map(({ epoch, length }) => ({ epoch, length })),
  });
}

function eventBytes(segment: Segment): Buffer {
  return segment.bytes.subarray(segment.headerLength);
}
