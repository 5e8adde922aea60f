import { readdirSync } from 'node:fs';
import { errorCode } from '../../system/error-code.ts';

/**
 * The highest epoch in a group's lock directory (files named `1`, `2`, …, with `1.released` beside them), 0 if there is
 * none. A runner of an older epoch must not start.
 */
export function newestEpoch(lockDirectory: string): number {
  let names: string[];
  try {
    names = readdirSync(lockDirectory);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') {
      return 0;
    }
    throw error;
  }
  return Math.max(0, ...names.filter((name) => /^[1-9]\d{0,14}$/.test(name)).map(Number));
}
