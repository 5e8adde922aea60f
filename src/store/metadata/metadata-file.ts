import { join } from 'node:path';
import type { GroupMetadata } from '../../coordinator/schema/metadata.ts';
import { writeFileAtomic } from '../../system/atomic-file.ts';
import type { Projection } from '../files/projection-writer.ts';

/** A group's metadata file. */
export function metadataFile(groupDirectory: string): string {
  return join(groupDirectory, 'metadata.json');
}

/** `metadata.json` as a projection; `project` is called once for each write. */
export function metadataProjection(
  groupDirectory: string,
  project: () => GroupMetadata,
): Projection {
  const path = metadataFile(groupDirectory);
  return {
    path,
    write: () => writeFileAtomic(path, `${JSON.stringify(project(), undefined, 2)}\n`),
  };
}
