import * as z from 'zod/mini';
import {
  type RunEvent,
  runEventSchema,
  type SegmentHeader,
  segmentHeaderSchema,
} from '../../coordinator/schema/events.ts';
import { FORMAT } from '../../coordinator/schema/format.ts';
import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import type { ReadFailure } from './journal-failure.ts';

const NEWLINE = 0x0a;

/** A position in a journal: a byte and a line of one segment, and the event before it. */
export interface Position {
  readonly epoch: number;
  /** Byte offset in the segment, directly after a newline. */
  readonly length: number;
  /** The number of complete lines before it. */
  readonly lines: number;
  /** Of the last event, 0 if there is none. */
  readonly seq: number;
  /** Of the last event, ms since the epoch; -Infinity if there is none. */
  readonly at: number;
}

/** A segment's first line, or `null` while it is not complete. */
export function readHeader(
  file: string,
  bytes: Buffer,
): Result<{ header: SegmentHeader['segment']; length: number } | null, ReadFailure> {
  const end = bytes.indexOf(NEWLINE);
  if (end === -1) {
    return success(null);
  }
  const line = parseLine(segmentHeaderSchema, bytes.toString('utf8', 0, end), { file, line: 1 });
  if (!line.ok) {
    return line;
  }
  return success({ header: line.value.segment, length: end + 1 });
}

/**
 * Parses the events on the complete lines of `bytes`, which follow position `from` in `file`. Ignores an incomplete last
 * line: it is being written, or was torn by a crash. `seq` must continue without a gap, `at` must not decrease.
 */
export function readEventLines(
  file: string,
  bytes: Buffer,
  from: Position,
): Result<{ events: RunEvent[]; position: Position }, ReadFailure> {
  const events: RunEvent[] = [];
  let { lines, seq, at } = from;
  let start = 0;
  for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, start)) {
    const place = { file, line: lines + 1 };
    const event = parseLine(runEventSchema, bytes.toString('utf8', start, end), place);
    if (!event.ok) {
      return event;
    }
    const disorder = orderProblem(event.value, seq, at);
    if (disorder !== null) {
      return failure(badLine(place, disorder));
    }
    ({ seq, at } = event.value);
    events.push(event.value);
    lines += 1;
    start = end + 1;
  }
  const position = { epoch: from.epoch, length: from.length + start, lines, seq, at };
  return success({ events, position });
}

/** Why `next` cannot follow event `seq` at time `at`, or `null` if it can. */
export function orderProblem(
  next: Pick<RunEvent, 'seq' | 'at'>,
  seq: number,
  at: number,
): string | null {
  if (next.seq !== seq + 1) {
    return t('has number {0} where {1} follows', next.seq, seq + 1);
  }
  return next.at < at ? t('is older than the line before') : null;
}

const versioned = z.looseObject({ v: z.number() });

interface Place {
  readonly file: string;
  readonly line: number;
}

function parseLine<Schema extends z.ZodMiniType>(
  schema: Schema,
  text: string,
  place: Place,
): Result<z.infer<Schema>, ReadFailure> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return failure(badLine(place, t('is not JSON')));
  }
  const parsed = z.safeParse(schema, json);
  if (parsed.success) {
    return success(parsed.data);
  }
  const version = z.safeParse(versioned, json);
  if (version.success && version.data.v !== FORMAT) {
    return failure(foreignVersion(place, version.data.v));
  }
  const [issue] = parsed.error.issues;
  const where = issue === undefined ? '' : ` (${issue.path.join('.')}: ${issue.message})`;
  return failure(badLine(place, t('is not a line of a journal{0}', where)));
}

function badLine({ file, line }: Place, what: string): ReadFailure {
  const message = t('{0}:{1} {2}; the file is kept as it is.', file, line, what);
  return { reason: 'bad_line', file, line, message };
}

function foreignVersion({ file, line }: Place, version: number): ReadFailure {
  const message =
    version < FORMAT
      ? t(
          '{0}:{1} was written by an older version of Parallel Groups (format {2}; this version reads format {3}). Its metadata.json still shows the results; it cannot be resumed.',
          file,
          line,
          version,
          FORMAT,
        )
      : t(
          '{0}:{1} was written in format {2}; this version reads format {3}.',
          file,
          line,
          version,
          FORMAT,
        );
  return { reason: 'foreign_version', file, message };
}
