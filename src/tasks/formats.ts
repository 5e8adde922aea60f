import type { ClosingStatus, CloseFailure, TaskFormat, TextEdit } from './format.ts';
import { jsonFormat } from './json/json-format.ts';
import { markdownFormat } from './markdown/markdown-format.ts';
import type { Identity } from '../coordinator/plan/identity.ts';
import { success, type Result } from '../shared/result.ts';

/** The first that matches reads the file: special formats go before the general ones. */
const FORMATS: readonly TaskFormat[] = [jsonFormat, markdownFormat];

/** The format that a text is written in. `path` relative to the workspace, with `/`; `text` without byte order mark. */
export function formatOf(path: string, text: string): TaskFormat {
  return FORMATS.find((format) => format.matches(path, text)) ?? markdownFormat;
}

/**
 * The edit that writes a task's status into the text of its plan, or `unchanged` where there is nothing to write. Pure:
 * an editor applies it to its document, `writeTaskStatus` to the file. `text` may begin with a byte order mark.
 */
export function planStatusEdit(
  text: string,
  task: Identity & { readonly source: string },
  status: ClosingStatus,
): Result<TextEdit | 'unchanged', CloseFailure> {
  const mark = text.startsWith('\uFEFF') ? 1 : 0;
  const plain = text.slice(mark);
  const planned = formatOf(task.source, plain).planEdit(plain, task, status);
  if (!planned.ok || planned.value === 'unchanged') return planned;
  return success({ ...planned.value, offset: planned.value.offset + mark });
}
