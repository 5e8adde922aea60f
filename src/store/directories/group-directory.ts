import { join } from 'node:path';
import * as z from 'zod/mini';
import { groupKeySchema } from '../../coordinator/schema/attempt.ts';
import { type GroupId, type GroupKey, groupKey, type SourceId } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import { failure, type Result } from '../../shared/result.ts';
import { linkExclusive } from '../../system/atomic-file.ts';
import { encodeName } from '../../system/encode-name.ts';
import { sha256Hex } from '../../system/hash.ts';
import { readJsonFile } from '../files/json-file.ts';
import { cannotWrite, type StateFailure } from '../files/state-failure.ts';
import { listDirectory } from './list-directory.ts';
import { createStateDirectory, isInWorkspace, stateDirectory } from './state-directory.ts';

const GROUPS = 'groups';
const OWNER = 'owner.json';

/** `owner.json`: whose directory it is, as two sources can have a group of the same id. Linked into place once. */
const ownerSchema = z.object({
  v: z.literal(1),
  key: groupKeySchema,
  id: z.string(),
  source: z.string(),
});

/** A group that has a directory, as its `owner.json` says (untrusted). */
export interface KnownGroup {
  /** Absolute. */
  readonly directory: string;
  readonly key: GroupKey;
  readonly id: string;
  readonly source: string;
}

/**
 * The directory of a group, created if need be: `groups/<id>`, and `groups/<id>~<hash of the source>` for every source
 * but the first that has a group of that id.
 */
export async function createGroupDirectory(
  workspaceRoot: string,
  source: SourceId,
  id: GroupId,
): Promise<Result<string, StateFailure>> {
  const key = groupKey(source, id);
  const owner = `${JSON.stringify({ v: 1, key, id, source })}\n`;
  for (const name of candidates(source, id)) {
    const created = await createStateDirectory(workspaceRoot, GROUPS, name);
    if (!created.ok) {
      return created;
    }
    try {
      if (await linkExclusive(join(created.value, OWNER), owner)) {
        return created;
      }
    } catch (error) {
      return failure(cannotWrite(created.value, error));
    }
    if ((await ownerOf(created.value)) === key) {
      return created;
    }
  }
  return failure(namesTaken(workspaceRoot, id));
}

/** The directory of a group, or `null` if it has none. Creates nothing. */
export async function findGroupDirectory(
  workspaceRoot: string,
  source: SourceId,
  id: GroupId,
): Promise<string | null> {
  const key = groupKey(source, id);
  for (const name of candidates(source, id)) {
    const directory = join(stateDirectory(workspaceRoot), GROUPS, name);
    if ((await ownerOf(directory)) === key) {
      return (await isInWorkspace(workspaceRoot, directory)) ? directory : null;
    }
  }
  return null;
}

/** Every group that has a directory in the workspace, in the order of the directories' names. */
export async function listGroupDirectories(workspaceRoot: string): Promise<KnownGroup[]> {
  const groups = join(stateDirectory(workspaceRoot), GROUPS);
  const found: KnownGroup[] = [];
  for (const name of await listDirectory(groups)) {
    const directory = join(groups, name);
    const owner = await readJsonFile(join(directory, OWNER), ownerSchema);
    if (!owner.ok || owner.value === null) {
      continue;
    }
    if (!(await isInWorkspace(workspaceRoot, directory))) {
      continue;
    }
    const { key, id, source } = owner.value;
    found.push({ directory, key, id, source });
  }
  return found;
}

/** In the order in which they are tried; the longer ones only matter where somebody forged the shorter. */
function candidates(source: SourceId, id: GroupId): string[] {
  const name = encodeName(id.toLowerCase());
  const hash = sha256Hex(source);
  return [name, ...[8, 16, 64].map((digits) => `${name}~${hash.slice(0, digits)}`)];
}

/** `null`: nobody's, or somebody's who cannot be told. */
async function ownerOf(directory: string): Promise<GroupKey | null> {
  const owner = await readJsonFile(join(directory, OWNER), ownerSchema);
  return owner.ok ? (owner.value?.key ?? null) : null;
}

function namesTaken(workspaceRoot: string, id: GroupId): StateFailure {
  const path = join(stateDirectory(workspaceRoot), GROUPS);
  return {
    reason: 'exists',
    path,
    message: t(
      'Every directory that group {0} could have in {1} belongs to another group.',
      id,
      path,
    ),
  };
}
