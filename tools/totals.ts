// The steps of `npm test` report their numbers in a small file, which `npm test` names.
import { readFile, writeFile } from 'node:fs/promises';
import * as z from 'zod/mini';

export const Totals = z.object({
  passed: z.number(),
  failed: z.number(),
  skipped: z.number(),
  /** Tests that failed, or passed only in a second try, each with its reason; several lines each. */
  reports: z.array(z.string()),
});

export type Totals = z.infer<typeof Totals>;

/** Names the file for a step's totals. */
export const totalsVariable = 'PARALLEL_GROUPS_TOTALS';

/** Writes the totals of this step to the file that the environment names; does nothing without one. */
export async function writeTotals({ passed, failed, skipped, reports }: Totals): Promise<void> {
  const file = process.env[totalsVariable];
  if (file !== undefined) {
    await writeFile(file, JSON.stringify({ passed, failed, skipped, reports }));
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
