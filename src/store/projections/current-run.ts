import { join } from 'node:path';
import * as z from 'zod/mini';
import { runIdSchema } from '../../coordinator/schema/attempt.ts';
import type { RunId } from '../../shared/ids.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import { writeFileAtomic } from '../../system/atomic-file.ts';
import { readJsonFile } from '../files/json-file.ts';
import { cannotWrite, type StateFailure } from '../files/state-failure.ts';

const currentRunSchema = z.object({
  v: z.literal(1),
  run: runIdSchema,
  epoch: z.int().check(z.positive()),
});

/** The newest run of a group, finished or not, and the epoch of the lock under which it was started or taken over. */
export interface CurrentRun {
  readonly run: RunId;
  readonly epoch: number;
}

/** Stores the group's newest run. Only the lock's holder calls it. On disk when it resolves. */
export async function writeCurrentRun(
  groupDirectory: string,
  { run, epoch }: CurrentRun,
): Promise<Result<void, StateFailure>> {
  const path = pathOf(groupDirectory);
  try {
    await writeFileAtomic(path, `${JSON.stringify({ v: 1, run, epoch })}\n`, { fsync: true });
    return success(undefined);
  } catch (error) {
    return failure(cannotWrite(path, error));
  }
}

/** The group's newest run, or `null` if it never ran. The failure is a sentence that names the file. */
export async function readCurrentRun(
  groupDirectory: string,
): Promise<Result<CurrentRun | null, string>> {
  return readJsonFile(pathOf(groupDirectory), currentRunSchema);
}

function pathOf(groupDirectory: string): string {
  return join(groupDirectory, 'run.json');
}
