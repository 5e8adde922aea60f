import { join } from 'node:path';
import { type AnyGroupMetadata, groupMetadataSchema } from '../../coordinator/schema/metadata.ts';
import type { Result } from '../../shared/result.ts';
import { listDirectory } from '../directories/list-directory.ts';
import { isInWorkspace, stateDirectory } from '../directories/state-directory.ts';
import { readJsonFile } from '../files/json-file.ts';
import { metadataFile } from './metadata-writer.ts';

/** Where the tool that the schema comes from keeps its own; never written by us. */
const OTHERS = join('.flow', 'maestro', 'parallel_groups');

/** A metadata file of the workspace. */
export interface ListedMetadata {
  /** Absolute. */
  readonly file: string;
  /** Another tool's: shown, never changed. */
  readonly readOnly: boolean;
  readonly metadata: AnyGroupMetadata;
}

/** A group's metadata as it was last written, `null` if it never was. The failure is a sentence that names the file. */
export async function readMetadata(
  groupDirectory: string,
): Promise<Result<AnyGroupMetadata | null, string>> {
  return readJsonFile(metadataFile(groupDirectory), groupMetadataSchema);
}

/**
 * All metadata in the workspace: ours, then other tools'. `problems` are sentences about files that cannot be
 * understood; they hide none of the others.
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
