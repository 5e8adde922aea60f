import type { SegmentHeader } from '../../coordinator/schema/events.ts';
import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import { errorCode } from '../../system/error-code.ts';
import { readRegularFile } from '../files/read-regular-file.ts';
import { describeError } from '../files/state-failure.ts';
import type { ReadFailure } from './journal-failure.ts';
import { readHeader } from './lines.ts';
import { listEpochs, MOST_SEGMENT_BYTES, segmentFile } from './segment-file.ts';

/** A segment up to the length that its successor accepted (the last one in full). Its events are not yet parsed. */
export interface Segment {
  readonly file: string;
  readonly header: SegmentHeader['segment'];
  /** Bytes of the header line. */
  readonly headerLength: number;
  /** The valid bytes only. */
  readonly bytes: Buffer;
}

/**
 * Reads the segments of a run's journal, oldest first; none if no run was started. The newest complete header decides: it
 * names the previous segment and the valid length of it. Other files in the directory (a segment with a torn header, or
 * one that a holder opened too late) are not part of the journal.
 */
export async function readSegments(runDirectory: string): Promise<Result<Segment[], ReadFailure>> {
  try {
    for (const epoch of await listEpochs(runDirectory)) {
      const newest = await openSegment(runDirectory, epoch);
      if (!newest.ok) {
        return newest;
      }
      if (newest.value !== null) {
        return await chainFrom(runDirectory, newest.value);
      }
    }
    return success([]);
  } catch (error) {
    const message = t(
      'The journal in {0} cannot be read: {1}.',
      runDirectory,
      describeError(error),
    );
    return failure({ reason: 'cannot_read', file: runDirectory, message });
  }
}

async function chainFrom(
  runDirectory: string,
  newest: Segment,
): Promise<Result<Segment[], ReadFailure>> {
  const chain = [newest];
  for (let later = newest; later.header.previous !== null;) {
    const { epoch, length } = later.header.previous;
    if (epoch >= later.header.epoch) {
      return failure(broken(later.file, t('continues a later one')));
    }
    const before = await openSegment(runDirectory, epoch);
    if (!before.ok) {
      return before;
    }
    const problem = misfit(before.value, later, length);
    if (problem !== null) {
      return failure(broken(later.file, problem));
    }
    if (before.value === null) {
      break;
    }
    later = { ...before.value, bytes: before.value.bytes.subarray(0, length) };
    chain.unshift(later);
  }
  return success(chain);
}

/** Why `later` cannot continue `before`, or `null` if it can. */
function misfit(before: Segment | null, later: Segment, length: number): string | null {
  if (before === null) {
    return t('continues a segment that is missing or has no header');
  }
  const { run, group } = before.header;
  if (run !== later.header.run || group !== later.header.group) {
    return t('continues another run');
  }
  if (length < before.headerLength || length > before.bytes.length) {
    return t(
      'continues {0} after {1} bytes, but that has {2} bytes',
      before.file,
      length,
      before.bytes.length,
    );
  }
  const atLineEnd = before.bytes[length - 1] === 0x0a;
  return atLineEnd ? null : t('continues {0} in the middle of a line', before.file);
}

/** Opens a segment; `null` if the file does not exist or its header is incomplete. Throws other system errors. */
async function openSegment(
  runDirectory: string,
  epoch: number,
): Promise<Result<Segment | null, ReadFailure>> {
  const file = segmentFile(runDirectory, epoch);
  const bytes = await readIfThere(file);
  if (bytes === null) {
    return success(null);
  }
  const read = readHeader(file, bytes);
  if (!read.ok) {
    return read;
  }
  if (read.value === null) {
    return success(null);
  }
  const { header, length } = read.value;
  if (header.epoch !== epoch) {
    return failure(broken(file, t('says that it is {0}', header.epoch)));
  }
  return success({ file, header, headerLength: length, bytes });
}

async function readIfThere(file: string): Promise<Buffer | null> {
  try {
    return await readRegularFile(file, MOST_SEGMENT_BYTES);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') {
      return null;
    }
    throw error;
  }
}

function broken(file: string, what: string): ReadFailure {
  const message = t('{0} {1}; the files are kept as they are.', file, what);
  return { reason: 'broken_chain', file, message };
}
