import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { reportsUsageInFile } from '../../agents/registry.ts';
import type { AdapterId } from '../../shared/agent-ids.ts';
import { attemptFiles } from '../../store/attempts/attempt-directory.ts';

/** A longer report is cut, bytes, and then fails to parse. */
const LONGEST_REPORT = 1024 * 1024;

/** The program's usage report; `undefined` if its events contain usage, or if there is no report. */
export function readUsageReport(adapter: AdapterId, directory: string): string | undefined {
  if (!reportsUsageInFile(adapter)) {
    return undefined;
  }
  const path = attemptFiles(directory).usage;
  try {
    // An agent may create something else at this path, for example a pipe, whose read would block.
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
    // The program was stopped before it wrote a report.
    return undefined;
  }
}
