import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { runIdSchema, taskKeySchema } from '../../coordinator/schema/attempt.ts';
import type { RunId } from '../../shared/ids.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import { writeFileAtomic } from '../../system/atomic-file.ts';
import { listDirectory } from '../directories/list-directory.ts';
import { makePlainDirectory } from '../directories/make-directory.ts';
import { readJsonFile } from '../files/json-file.ts';
import { cannotWrite, type StateFailure } from '../files/state-failure.ts';
import { type DirectoryWatch, watchDirectory } from '../files/watch-directory.ts';

const common = { v: z.literal(1), by: z.string(), at: z.number() };
const requestFileSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('cancel'),
    run: runIdSchema,
    task: z.nullable(taskKeySchema),
    ...common,
  }),
  z.object({
    kind: z.literal('nudge'),
    run: runIdSchema,
    task: taskKeySchema,
    message: z.string(),
    ...common,
  }),
  z.object({
    kind: z.literal('judge'),
    run: runIdSchema,
    task: taskKeySchema,
    proven: z.boolean(),
    ...common,
  }),
  z.object({ kind: z.literal('yield'), epoch: z.int().check(z.positive()), ...common }),
]);

/**
 * What another process asks of a group's holder: to cancel its run or one task of it (`task` null = all), to take a task
 * up once more with a person's message, to take a person's word on whether a task is proven, or to let go of the group. Each names whom it is for, so that one that comes too late never meets the next run. `by`: who asks, as
 * a person knows it; `at`: ms since the epoch.
 */
export type HolderRequest = z.infer<typeof requestFileSchema>;

/** Asks the holder. Whether it obeys shows in the journal and in the lock, nowhere else. */
export async function sendRequest(
  groupDirectory: string,
  request: HolderRequest,
): Promise<Result<void, StateFailure>> {
  const directory = requestsDirectory(groupDirectory);
  const name = `${String(request.at).padStart(15, '0')}-${randomBytes(4).toString('hex')}.json`;
  try {
    await makePlainDirectory(directory);
    await writeFileAtomic(join(directory, name), `${JSON.stringify(request)}\n`);
    return success(undefined);
  } catch (error) {
    return failure(cannotWrite(directory, error));
  }
}

/**
 * Delivers, oldest first and each once, what the holder of `epoch` is asked about `run`, also what was asked before this
 * call. For the holder alone: it removes what it delivered, and what was meant for a run or an epoch before.
 */
export async function followRequests(
  groupDirectory: string,
  mine: { readonly run: RunId; readonly epoch: number },
  listener: (request: HolderRequest) => void,
): Promise<Result<DirectoryWatch, StateFailure>> {
  const directory = requestsDirectory(groupDirectory);
  try {
    await makePlainDirectory(directory);
  } catch (error) {
    return failure(cannotWrite(directory, error));
  }
  const seen = new Set<string>();
  let disposed = false;
  const watch = watchDirectory(directory, async () => {
    for (const name of await listDirectory(directory)) {
      if (seen.has(name)) {
        continue;
      }
      const path = join(directory, name);
      const read = await readJsonFile(path, requestFileSchema);
      // The listener may have disposed, or been disposed, in between.
      if (disposed) {
        return;
      }
      seen.add(name);
      // What cannot be understood stays: it may be meant for a newer version.
      if (!read.ok || read.value === null) {
        continue;
      }
      const request = read.value;
      if (isLater(request, mine)) {
        continue;
      }
      if (isFor(request, mine)) {
        listener(request);
      }
      // If it cannot be removed, a successor finds it addressed to somebody before it.
      await rm(path, { force: true }).catch(() => undefined);
    }
  });
  return success({
    poke: () => watch.poke(),
    dispose: () => {
      disposed = true;
      watch.dispose();
    },
  });
}

function isFor(request: HolderRequest, mine: { run: RunId; epoch: number }): boolean {
  return request.kind === 'yield' ? request.epoch === mine.epoch : request.run === mine.run;
}

/** Then we are the ones who are late. Run ids sort by start. */
function isLater(request: HolderRequest, mine: { run: RunId; epoch: number }): boolean {
  return request.kind === 'yield' ? request.epoch > mine.epoch : request.run > mine.run;
}

function requestsDirectory(groupDirectory: string): string {
  return join(groupDirectory, 'requests');
}
