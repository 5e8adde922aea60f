import { closeSync, openSync, readSync, statSync } from 'node:fs';
import type { AdapterId } from '../../coordinator/schema/attempt.ts';
import { attemptFiles } from '../../store/attempts/attempt-directory.ts';

/** A longer report is cut here, bytes, and then not understood. */
const LONGEST_REPORT = 1024 * 1024;

/** What a program left in the attempt's own file for its usage; `undefined` where it tells that by events, or left nothing. */
export function readUsageReport(adapter: AdapterId, directory: string): string | undefined {
  if (adapter !== 'copilot') {
    return undefined;
  }
  const path = attemptFiles(directory).usage;
  try {
    // Whatever else an agent may put there, such as a pipe, could keep us waiting.
    if (!statSync(path).isFile()) {
      return undefined;
    }
    const file = openSync(path, 'r');
    try {
      const buffer = Buffer.allocUnsafe(LONGEST_REPORT);
      return buffer.toString('utf8', 0, readSync(file, buffer, 0, LONGEST_REPORT, 0));
    } finally {
      closeSync(file);
    }
  } catch {
    // It was stopped before it wrote one.
    return undefined;
  }
}
