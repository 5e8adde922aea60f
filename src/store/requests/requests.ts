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
 * A request to a group's holder from another process: cancel its run or one task of it (`task` null = all), send a
 * person's message to a task's agent, apply a person's judgement of a task, or release the group (`yield`). Each names its
 * run or epoch, so that a late request never applies to the next run. `by`: the label of the sender; `at`: ms since the
 * epoch.
 */
export type HolderRequest = z.infer<typeof requestFileSchema>;

/** Sends a request to the holder. Its effect shows only in the journal and in the lock. */
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
 * Delivers the requests for `run` to the holder of `epoch`, oldest first and each once, including those sent before this
 * call. Only the holder calls it: it removes delivered requests, and those for an earlier run or epoch.
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
      // It may have been disposed during the read.
      if (disposed) {
        return;
      }
      seen.add(name);
      // Keep a file that cannot be parsed: it may be for a newer version.
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
      // If the removal fails, the next holder ignores it by its run or epoch.
      await rm(path, { force: true }).catch(() => undefined);
    }
  });
  return success({
    refresh: () => watch.refresh(),
    dispose: () => {
      disposed = true;
      watch.dispose();
    },
  });
}

function isFor(request: HolderRequest, mine: { run: RunId; epoch: number }): boolean {
  return request.kind === 'yield' ? request.epoch === mine.epoch : request.run === mine.run;
}

/** Whether the request is for a later run or epoch than this holder's. Run ids sort by start time. */
function isLater(request: HolderRequest, mine: { run: RunId; epoch: number }): boolean {
  return request.kind === 'yield' ? request.epoch > mine.epoch : request.run > mine.run;
}

function requestsDirectory(groupDirectory: string): string {
  return join(groupDirectory, 'requests');
}
