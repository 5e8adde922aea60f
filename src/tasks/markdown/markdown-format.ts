import { identifiedItems, type IdentifiedItem } from './identify-items.ts';
import { buildTask } from '../build-task.ts';
import { closeFailure } from '../close-failure.ts';
import type { TaskFormat } from '../format.ts';
import { LineIndex } from '../line-index.ts';
import { findTask } from '../../coordinator/plan/identity.ts';
import { sourceStatus, unknownStatus } from '../../coordinator/plan/source-status.ts';
import type { Problem, SourceStatus, Task } from '../../coordinator/task.ts';
import type { SourceId } from '../../shared/ids.ts';
import { failure, success } from '../../shared/result.ts';

/** Checklists in Markdown (GitHub's task lists): every item with a box is a task. */
export const markdownFormat: TaskFormat = {
  name: 'markdown',

  matches: (path) => !/\.jsonc?$/i.test(path),

  read(text, source) {
    const items = identifiedItems(text);
    const lines = new LineIndex(items.length === 0 ? '' : text);
    const ids = new Map(items.map(({ item, id }) => [item, id]));
    return {
      tasks: items.map((each) => readItem(each, source, lines, ids)),
      problems: items.flatMap((each) => problemsOf(each, source, lines)),
    };
  },

  edits(text) {
    const items = identifiedItems(text);
    return (wanted, status) => {
      const found = findTask(items, wanted);
      if (!found.ok) return failure(closeFailure(found.failure, wanted));
      const { mark, box } = found.value.item;
      // A box has no word for "failed" or "cancelled": the task stays as open as it was.
      if (status !== 'completed' || isTicked(mark)) return success('unchanged');
      return success({ offset: box + 1, length: mark.length, text: 'x' });
    };
  },
};

function readItem(
  { item, text, id, title, fingerprint }: IdentifiedItem,
  source: SourceId,
  lines: LineIndex,
  ids: ReadonlyMap<object, string>,
): Task {
  return buildTask(
    source,
    {
      id,
      title,
      description: text.description,
      status: statusOf(item.mark) ?? unknownStatus(`[${item.mark}]`),
      line: lines.line(item.box),
      // A task closes last of all that it consists of.
      dependencies: item.children.flatMap((child) => ids.get(child) ?? []),
    },
    text.markers,
    fingerprint,
  );
}

function statusOf(mark: string): SourceStatus | null {
  return sourceStatus(mark.trim() === '' && mark !== '' ? '[ ]' : `[${mark}]`);
}

function isTicked(mark: string): boolean {
  return mark.toLowerCase() === 'x';
}

function problemsOf(
  { item, text }: IdentifiedItem,
  source: SourceId,
  lines: LineIndex,
): readonly Problem[] {
  const problems = text.markers.problems.map(({ code, message, start, end }) =>
    lines.problem(
      source,
      { severity: 'warning', code, message },
      text.offset + start,
      text.offset + end,
    ),
  );
  if (statusOf(item.mark) !== null) return problems;
  const box = `[${item.mark}]`;
  const message = `“${box}” is no known status, so this task is not launched. Write “[ ]” or “[x]”.`;
  const what = { severity: 'warning', code: 'unknown-status', message } as const;
  return [lines.problem(source, what, item.box, item.box + box.length), ...problems];
}
