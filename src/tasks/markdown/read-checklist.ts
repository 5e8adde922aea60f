import { sourceStatus, unknownStatus } from '../../coordinator/plan/graph/source-status.ts';
import type { Problem, SourceStatus, Task } from '../../coordinator/schema/task.ts';
import type { SourceId } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import { buildTask, type TaskDraft } from '../format/build-task.ts';
import type { Reading } from '../format/format.ts';
import { LineIndex } from '../format/line-index.ts';
import type { IdentifiedItem } from './identify-items.ts';

/** Facts that a format derives about an item beyond its text. */
export interface ItemFacts {
  readonly group?: TaskDraft['group'];
  /** Ids of tasks that it waits for because of its position. */
  readonly implied?: readonly string[];
  /** Ids that replace the written dependencies, if the format has its own notation for them. */
  readonly explicit?: readonly string[];
}

/** Converts the items of a checklist to tasks and problems. */
export function readChecklist(
  items: readonly IdentifiedItem[],
  text: string,
  source: SourceId,
  factsOf: (item: IdentifiedItem) => ItemFacts = () => ({}),
): Reading {
  const lines = new LineIndex(items.length === 0 ? '' : text);
  const ids = new Map(items.map(({ item, id }) => [item, id]));
  return {
    tasks: items.map((each) => readItem(each, factsOf(each), source, lines, ids)),
    problems: items.flatMap((each) => problemsOf(each, source, lines)),
  };
}

/** Returns the status of a box, or `null` if its mark is unknown. */
export function boxStatus(mark: string): SourceStatus | null {
  return sourceStatus(mark.trim() === '' && mark !== '' ? '[ ]' : `[${mark}]`);
}

function readItem(
  { item, text, id, title, fingerprint }: IdentifiedItem,
  { group = null, implied = [], explicit = text.markers.dependencies }: ItemFacts,
  source: SourceId,
  lines: LineIndex,
  ids: ReadonlyMap<object, string>,
): Task {
  // A task closes after all its parts.
  const parts = item.children.flatMap((child) => ids.get(child) ?? []);
  const markers =
    explicit === text.markers.dependencies
      ? text.markers
      : { ...text.markers, dependencies: explicit };
  return buildTask(
    source,
    {
      id,
      title,
      description: text.description,
      status: boxStatus(item.mark) ?? unknownStatus(`[${item.mark}]`),
      line: lines.line(item.box),
      group,
      dependencies: implied.length === 0 ? parts : [...parts, ...implied],
    },
    markers,
    fingerprint,
  );
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
  if (boxStatus(item.mark) !== null) {
    return problems;
  }
  const box = `[${item.mark}]`;
  const message = t(
    '“{0}” is no known status, so this task is not launched. Write “[ ]” or “[x]”.',
    box,
  );
  const what = { severity: 'warning', code: 'unknown-status', message } as const;
  return [lines.problem(source, what, item.box, item.box + box.length), ...problems];
}
