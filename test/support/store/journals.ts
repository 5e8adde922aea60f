import { readFileSync } from 'node:fs';
import type { RunEvent } from '../../../src/coordinator/schema/events.ts';
import { FORMAT } from '../../../src/coordinator/schema/format.ts';
import type { Result } from '../../../src/shared/result.ts';
import { readJournal } from '../../../src/store/journal/journal-reader.ts';
import { type JournalWriter, openSegment } from '../../../src/store/journal/journal-writer.ts';
import type { Position } from '../../../src/store/journal/lines.ts';
import { segmentFile } from '../../../src/store/journal/segment-file.ts';
import { runPlan } from '../coordinator/plans.ts';

/** The plan of these journals. */
export const PLAN = runPlan(['T1', 'T2']);

/** Makes event `seq` of a journal: the start of the run, then numbered warnings. */
export function eventAt(seq: number, note = ''): RunEvent {
  return {
    v: FORMAT,
    seq,
    at: 1000 + seq,
    event:
      seq === 1
        ? { type: 'run.started', plan: PLAN }
        : { type: 'warning', message: `Nr. ${seq} – ü${note}` },
  };
}

/** Makes the events `from` to `to`, both included. */
export function eventsFrom(from: number, to: number, note = ''): RunEvent[] {
  return Array.from({ length: to - from + 1 }, (_, index) => eventAt(from + index, note));
}

/** Returns the value of a result that the test expects to succeed. */
export function must<T>(result: Result<T, unknown>): T {
  if (!result.ok) {
    throw new Error(JSON.stringify(result.failure));
  }
  return result.value;
}

/** Opens the segment of `epoch` after `previous`, or after the segments of the directory. */
export async function openWriter(
  runDirectory: string,
  epoch: number,
  previous?: Position,
): Promise<JournalWriter> {
  const read = await readJournal(runDirectory);
  const end = previous ?? (read.ok ? read.value.end : null);
  const { run, group } = PLAN;
  return must(await openSegment({ runDirectory, run, group, epoch, previous: end }));
}

/** Returns the end of a journal. */
export async function endOf(runDirectory: string): Promise<Position> {
  return must(await readJournal(runDirectory)).end;
}

/** Writes a whole segment with these events and closes it. */
export async function writeSegment(
  runDirectory: string,
  epoch: number,
  events: readonly RunEvent[],
): Promise<void> {
  const writer = await openWriter(runDirectory, epoch);
  for (const event of events) {
    writer.append(event);
  }
  must(await writer.close());
}

/** Returns the bytes of a segment. */
export function segmentBytes(runDirectory: string, epoch: number): Buffer {
  return readFileSync(segmentFile(runDirectory, epoch));
}
