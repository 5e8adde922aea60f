import { success } from '../../shared/result.ts';
import { ccpmFormat } from '../ccpm/ccpm-format.ts';
import type { ClosingStatus, EditPlanner, TaskFormat, TaskIdentity } from '../format/format.ts';
import { jsonFormat } from '../json/json-format.ts';
import { markdownFormat } from '../markdown/markdown-format.ts';
import { openSpecFormat } from '../openspec/openspec-format.ts';
import { specKitFormat } from '../spec-kit/spec-kit-format.ts';
import { taskMasterFormat } from '../taskmaster/taskmaster-format.ts';

/** All formats. The first that matches reads the file, so special formats precede the general ones. */
export const FORMATS: readonly TaskFormat[] = [
  taskMasterFormat,
  jsonFormat,
  ccpmFormat,
  openSpecFormat,
  specKitFormat,
  markdownFormat,
];

/** Returns the format of a text. `path` is relative to the workspace, with `/`; `text` has no byte order mark. */
export function formatOf(path: string, text: string): TaskFormat {
  return FORMATS.find((format) => format.matches(path, text)) ?? markdownFormat;
}

/** Returns the files beside a plan whose texts affect its reading. */
export function companionsOf(path: string): readonly string[] {
  return FORMATS.flatMap((format) => format.companions?.(path) ?? []);
}

/** Returns the plan whose reading this file affects, or `null`. */
export function companionOwner(path: string): string | null {
  for (const format of FORMATS) {
    const owner = format.ownerOf?.(path) ?? null;
    if (owner !== null) {
      return owner;
    }
  }
  return null;
}

/**
 * Plans the edits that write statuses into the text of a plan (`path`: see `formatOf`); each is `unchanged` if there is
 * nothing to write. Pure: an editor applies them to its document, `writeTaskStatus` to the file. `text` may begin with
 * a byte order mark.
 */
export function statusEdits(text: string, path: string): EditPlanner {
  const mark = text.startsWith('\uFEFF') ? 1 : 0;
  const plain = text.slice(mark);
  const plan = formatOf(path, plain).edits(plain, path);
  return (task, status) => {
    const planned = plan(task, status);
    if (!planned.ok || planned.value === 'unchanged') {
      return planned;
    }
    return success({ ...planned.value, offset: planned.value.offset + mark });
  };
}

/** Plans the one edit that writes a task's status into the text of its plan. */
export function planStatusEdit(
  text: string,
  path: string,
  task: TaskIdentity,
  status: ClosingStatus,
): ReturnType<EditPlanner> {
  return statusEdits(text, path)(task, status);
}
