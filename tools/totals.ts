// How the steps of `npm test` tell it their numbers: a small file that the step is given.
import { readFile, writeFile } from 'node:fs/promises';
import * as z from 'zod/mini';

export const Totals = z.object({
  passed: z.number(),
  failed: z.number(),
  skipped: z.number(),
  /** What failed, and what passed only when it was tried again: a test and why, each of several lines. */
  told: z.array(z.string()),
});

export type Totals = z.infer<typeof Totals>;

/** Names the file that a step's totals go to. */
export const totalsVariable = 'PARALLEL_GROUPS_TOTALS';

/** Tells whoever started this step its totals; nothing when nobody asked. */
export async function writeTotals({ passed, failed, skipped, told }: Totals): Promise<void> {
  const file = process.env[totalsVariable];
  if (file !== undefined) {
    await writeFile(file, JSON.stringify({ passed, failed, skipped, told }));
  }
}

/** The totals that a step left, or undefined when it left none: it ended before it could count. */
export async function readTotals(file: string): Promise<Totals | undefined> {
  try {
    return Totals.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
}
