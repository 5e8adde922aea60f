import { asSourceId, type SourceId } from '../../shared/ids.ts';

const PATH = /^((?:.*\/)?\.claude\/epics\/([^/]+))\/(\d+)\.md$/i;

/** The parts of a task file's path. */
export interface EpicFile {
  /** The epic's folder. */
  readonly source: SourceId;
  readonly epic: string;
  /** The file name without its extension. */
  readonly id: string;
}

/** Reads `.claude/epics/<epic>/<number>.md`; `null` for any other path. */
export function epicFile(path: string): EpicFile | null {
  const [, source, epic, id] = PATH.exec(path) ?? [];
  return source === undefined || epic === undefined || id === undefined
    ? null
    : { source: asSourceId(source), epic, id };
}
