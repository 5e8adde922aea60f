import { join } from 'node:path';
import type { Place } from '../../../shared/view-models/group-views.ts';
import { namesIn, textOf } from './on-disk.ts';

/** The export that bd writes for other tools; the database is authoritative. */
export const EXPORT = 'issues.jsonl';
/** The files to open if there is no export. */
const OTHERS = ['config.yaml', 'metadata.json', 'README.md'] as const;

/** An id as bd writes it: the first key of its line, or the first after `_type`. */
const ID = /"id"\s*:\s*"((?:[^"\\]|\\.)*)"/;

/** Returns where the user can view the issues of `folder` (absolute); `place`: its path relative to the workspace. */
export async function issuePlaces(
  folder: string,
  place: string,
): Promise<(id: string | null) => Place> {
  const lines = linesOf((await textOf(join(folder, EXPORT))) ?? '');
  const file = await openable(folder, place);
  return (id) => ({ file, line: (id === null ? undefined : lines.get(id)) ?? 1 });
}

function linesOf(text: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  text.split('\n').forEach((line, index) => {
    const id = ID.exec(line)?.[1];
    if (id !== undefined && !lines.has(id)) {
      lines.set(id, index + 1);
    }
  });
  return lines;
}

async function openable(folder: string, place: string): Promise<string> {
  const names = await namesIn(folder);
  const name = [EXPORT, ...OTHERS].find((each) => names.includes(each));
  return name === undefined ? place : `${place}/${name}`;
}
