// The steps of `npm test` report their numbers in a small file, which `npm test` names.
import { readFile, writeFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { ReportedTest } from '../test/support/reported-test.ts';

export const Totals = z.object({
  passed: z.number(),
  failed: z.number(),
  skipped: z.number(),
  /** Number of tests among `passed` that failed at first. */
  triedAgain: z.number(),
  /** The tests and checks that failed, were tried again, or were skipped. */
  reports: z.readonly(z.array(ReportedTest)),
});

export type Totals = z.infer<typeof Totals>;

export const noTests: Totals = { passed: 0, failed: 0, skipped: 0, triedAgain: 0, reports: [] };

/** Adds one failure that no test found. */
export function withFailure(totals: Totals, title: string, why: string): Totals {
  const report: ReportedTest = { what: 'failed', title, tests: 1, why };
  return { ...totals, failed: totals.failed + 1, reports: [report, ...totals.reports] };
}

/** Names the file for a step's totals. */
export const totalsVariable = 'PARALLEL_GROUPS_TOTALS';

/** Writes the totals of this step to the file that the environment names; does nothing without one. */
export async function writeTotals(totals: Totals): Promise<void> {
  const file = process.env[totalsVariable];
  if (file !== undefined) {
    await writeFile(file, JSON.stringify(totals));
  }
}

/** Reads the totals that a step wrote; undefined if it ended before it wrote any. */
export async function readTotals(file: string): Promise<Totals | undefined> {
  try {
    return Totals.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
}
