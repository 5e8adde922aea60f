import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { groupKeySchema, runIdSchema } from '../../coordinator/schema/attempt.ts';
import type { GroupKey, RunId } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import { linkExclusive } from '../../system/atomic-file.ts';
import { encodeName } from '../../system/encode-name.ts';
import { readJsonFile } from '../files/json-file.ts';
import { cannotWrite, type StateFailure } from '../files/state-failure.ts';

const entrySchema = z.object({
  v: z.literal(1),
  run: runIdSchema,
  group: groupKeySchema,
  origin: z.string(),
});

/** Identifies a run that this user started. `origin` is the hash of the journal's first event, with the frozen plan. */
export interface RegisteredRun {
  readonly run: RunId;
  readonly group: GroupKey;
  readonly origin: string;
}

/**
 * Stores in user storage that this user started the run. On disk when it resolves; call it before the run's first effect.
 * Each run has a file of its own, so that several processes can write at the same time. An entry never changes.
 */
export async function registerRun(
  workspaceStorage: string,
  entry: RegisteredRun,
): Promise<Result<void, StateFailure>> {
  const path = entryFile(workspaceStorage, entry.run);
  const { run, group, origin } = entry;
  try {
    await mkdir(join(workspaceStorage, 'runs'), { recursive: true, mode: 0o700 });
    if (await linkExclusive(path, `${JSON.stringify({ v: 1, run, group, origin })}\n`)) {
      return success(undefined);
    }
  } catch (error) {
    return failure(cannotWrite(path, error));
  }
  if (await isRegistered(workspaceStorage, entry)) {
    return success(undefined);
  }
  return failure({
    reason: 'exists',
    path,
    message: t('Another run {0} is registered already.', run),
  });
}

/**
 * Whether this user started exactly this run in this workspace. An unregistered run came with the workspace: it is shown
 * as history, and never resumed or launched.
 */
export async function isRegistered(
  workspaceStorage: string,
  { run, group, origin }: RegisteredRun,
): Promise<boolean> {
  const entry = await readJsonFile(entryFile(workspaceStorage, run), entrySchema);
  if (!entry.ok || entry.value === null) {
    return false;
  }
  const { value } = entry;
  return value.run === run && value.group === group && value.origin === origin;
}

function entryFile(workspaceStorage: string, run: RunId): string {
  return join(workspaceStorage, 'runs', `${encodeName(run)}.json`);
}
