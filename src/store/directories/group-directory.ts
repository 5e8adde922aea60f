import { existsSync } from 'node:fs';
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

/** `owner.json` names the group of a directory, as two sources can have a group of the same id. It never changes. */
const ownerSchema = z.object({
  v: z.literal(1),
  key: groupKeySchema,
  id: z.string(),
  source: z.string(),
});

/** A group that has a directory, according to its `owner.json` (untrusted). */
export interface KnownGroup {
  /** Absolute. */
  readonly directory: string;
  readonly key: GroupKey;
  readonly id: string;
  readonly source: string;
}

/**
 * Returns the directory of a group, and creates it if necessary: `groups/<id>`, or `groups/<id>~<hash of the source>` if
 * another source already has a group of that id.
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

/** Directories of groups that have no `owner.json` yet, because their process creates it a moment later. Absolute. */
export async function listUnownedDirectories(workspaceRoot: string): Promise<string[]> {
  const groups = join(stateDirectory(workspaceRoot), GROUPS);
  const directories = (await listDirectory(groups)).map((name) => join(groups, name));
  return directories.filter((directory) => !existsSync(join(directory, OWNER)));
}

/** Names in the order of use; the longer hashes only matter if a repository ships a forged directory. */
function candidates(source: SourceId, id: GroupId): string[] {
  const name = encodeName(id.toLowerCase());
  const hash = sha256Hex(source);
  return [name, ...[8, 16, 64].map((digits) => `${name}~${hash.slice(0, digits)}`)];
}

/** `null`: no owner, or an owner file that cannot be parsed. */
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
