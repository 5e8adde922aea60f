import { join } from 'node:path';
import { type AnyGroupMetadata, groupMetadataSchema } from '../../coordinator/schema/metadata.ts';
import type { Result } from '../../shared/result.ts';
import { listDirectory } from '../directories/list-directory.ts';
import { isInWorkspace, stateDirectory } from '../directories/state-directory.ts';
import { readJsonFile } from '../files/json-file.ts';
import { metadataFile } from './metadata-file.ts';

/** The directory of the tool that defined the schema. Read only. */
const OTHERS = join('.flow', 'maestro', 'parallel_groups');

/** A metadata file of the workspace. */
export interface ListedMetadata {
  /** Absolute. */
  readonly file: string;
  /** Whether another tool wrote it: shown, never changed. */
  readonly readOnly: boolean;
  readonly metadata: AnyGroupMetadata;
}

/** A group's metadata file, `null` if there is none. The failure is a sentence that names the file. */
export async function readMetadata(
  groupDirectory: string,
): Promise<Result<AnyGroupMetadata | null, string>> {
  return readJsonFile(metadataFile(groupDirectory), groupMetadataSchema);
}

/**
 * Lists all metadata in the workspace: first that of Parallel Groups, then that of other tools. `problems` has a sentence
 * for each file that cannot be parsed; the other files are listed all the same.
 */
export async function listMetadata(workspaceRoot: string): Promise<{
  readonly listed: readonly ListedMetadata[];
  readonly problems: readonly string[];
}> {
  const listed: ListedMetadata[] = [];
  const problems: string[] = [];
  const places = [
    { parent: join(stateDirectory(workspaceRoot), 'groups'), readOnly: false },
    { parent: join(workspaceRoot, OTHERS), readOnly: true },
  ];
  for (const { parent, readOnly } of places) {
    for (const name of await listDirectory(parent)) {
      const directory = join(parent, name);
      if (!(await isInWorkspace(workspaceRoot, directory))) {
        continue;
      }
      const read = await readMetadata(directory);
      if (!read.ok) {
        problems.push(read.failure);
      } else if (read.value !== null) {
        listed.push({ file: metadataFile(directory), readOnly, metadata: read.value });
      }
    }
  }
  return { listed, problems };
}
