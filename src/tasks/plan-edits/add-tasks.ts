import { groupMarker } from '../../coordinator/plan/markers/group-marker.ts';
import type { Task } from '../../coordinator/schema/task.ts';
import { asSourceId } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import type { TaskIdentity, TextEdit } from '../format/format.ts';
import type { Outline, OutlinedTask } from '../format/outline.ts';
import { formatOf } from '../read/formats.ts';
import { applyEdits } from './apply-edits.ts';
import type { PlanEditFailure } from './change.ts';
import { type Facts, type PlanText, planText } from './facts.ts';
import { freeId } from './free-id.ts';
import { checklistInsertion } from './new-item.ts';
import { jsonInsertion } from './new-object.ts';
import { isJsonTask } from './spelling.ts';
import { placeOf } from './with-plan.ts';

/** Tasks that are to be added to a plan. */
export interface NewTasks {
  /** Names come from elsewhere: they are spelled so that the plan reads them as nothing but titles. */
  readonly titles: readonly string[];
  /** The group that their markers name; `null`: none is written. */
  readonly group: string | null;
  /** The tasks that they follow, in any order: the new ones come behind the last of these that there still is. */
  readonly behind: readonly TaskIdentity[];
}

export type AddedTasks = Result<
  { readonly edits: readonly TextEdit[]; readonly ids: readonly string[] },
  PlanEditFailure
>;

/** How a title may be spelled, the nearest to what it is first. */
const SPELLINGS: readonly ((title: string) => string)[] = [
  (title) => title,
  (title) => title.replaceAll('`', '’').replaceAll('[', '(').replaceAll(']', ')'),
  (title) =>
    title
      .replace(/[^\p{L}\p{N} .,:;/'_-]+/gu, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
];

/**
 * The edits that add open tasks to the text of a plan, in its own format, and the ids that they get there. They are tried
 * and read again: everything else of the plan stays as it is, and the new tasks are what they should be, or nothing is
 * changed. `text` may begin with a byte order mark.
 */
export function addTaskEdits(text: string, path: string, wanted: NewTasks): AddedTasks {
  const mark = text.startsWith('\uFEFF') ? 1 : 0;
  const plan = planText(text.slice(mark), path);
  const anchor = plan === null ? null : anchorOf(plan, wanted.behind);
  if (plan === null || anchor === null) {
    const message = t('Tasks cannot be added to {0} here. Open the file and add them there.', path);
    return failure({ message });
  }
  for (const spell of SPELLINGS) {
    const added = tryAdding(plan, path, anchor, { ...wanted, titles: wanted.titles.map(spell) });
    if (added !== null) {
      const edits = added.edits.map((edit) => ({ ...edit, offset: edit.offset + mark }));
      return success({ ...added, edits });
    }
  }
  const message = t(
    '{0} is written in a way that tasks cannot be added to without changing something else, so nothing was changed. Add them by hand.',
    path,
  );
  return failure({ message });
}

/** The last of these tasks in the text, or the outermost one that it is nested in: what is added stands beside it. */
function anchorOf(plan: PlanText, behind: readonly TaskIdentity[]): OutlinedTask | null {
  const { tasks } = plan.outline;
  const places = behind.flatMap((task) => {
    const place = placeOf(plan, task);
    return place.ok ? [place.value] : [];
  });
  const last = tasks[Math.max(-1, ...places)];
  const around = tasks.find(
    ({ source, span }) =>
      source === last?.source && span.start <= last.span.start && span.end >= last.span.end,
  );
  return around ?? last ?? null;
}

function tryAdding(
  plan: PlanText,
  path: string,
  anchor: OutlinedTask,
  { titles, group }: NewTasks,
): { readonly edits: readonly TextEdit[]; readonly ids: readonly string[] } | null {
  const ids = newIds(plan.outline, anchor, titles.length);
  const marker = group === null ? '' : `${groupMarker(group)} `;
  const items = titles.map((title, index) => ({ id: ids[index] ?? null, title: marker + title }));
  const edit = isJsonTask(plan.text, anchor)
    ? jsonInsertion(plan.text, anchor, items)
    : checklistInsertion(plan.text, anchor, items);
  const after = edit === null ? null : planText(applyEdits(plan.text, [edit]), path);
  const added = after === null ? null : newTasksOf(plan, after, path, titles.length);
  if (edit === null || added === null) {
    return null;
  }
  const { source } = anchor;
  const right = added.every(
    (task, index) =>
      isPlain(task) &&
      task.outlined.title === titles[index] &&
      task.facts.source === source &&
      task.facts.group === group &&
      (ids[index] ?? task.facts.id) === task.facts.id,
  );
  return right ? { edits: [edit], ids: added.map(({ facts }) => facts.id) } : null;
}

/** Ids in the style of the plan; none where it does not write them. */
function newIds(outline: Outline, anchor: OutlinedTask, count: number): readonly string[] {
  const tasks = outline.tasks.filter(({ source }) => source === anchor.source);
  if (!tasks.some(({ idSpan }) => idSpan !== null)) {
    return [];
  }
  const ids: string[] = [];
  for (let each = 0; each < count; each += 1) {
    const taken = ids.map((id) => ({ ...anchor, id }));
    ids.push(freeId({ tasks: [...tasks, ...taken] }, anchor.id));
  }
  return ids;
}

interface Added {
  readonly facts: Facts;
  readonly outlined: OutlinedTask;
  readonly task: Task;
}

/** What `after` has more than `before`, all of it in one place; `null` where anything else differs. */
function newTasksOf(
  before: PlanText,
  after: PlanText,
  path: string,
  count: number,
): Added[] | null {
  const was = before.facts.map((facts) => JSON.stringify(facts));
  const is = after.facts.map((facts) => JSON.stringify(facts));
  if (is.length !== was.length + count) {
    return null;
  }
  let start = 0;
  while (start < was.length && was[start] === is[start]) {
    start += 1;
  }
  const rest = [...is.slice(0, start), ...is.slice(start + count)];
  if (rest.some((facts, index) => facts !== was[index])) {
    return null;
  }
  const { tasks } = formatOf(path, after.text).read(after.text, asSourceId(path));
  return after.outline.tasks.slice(start, start + count).flatMap((outlined, index) => {
    const facts = after.facts[start + index];
    const task = tasks[start + index];
    return facts === undefined || task === undefined ? [] : [{ facts, outlined, task }];
  });
}

/** Whether it is open, and nothing in its name was read as a marker. */
function isPlain({ facts, task }: Added): boolean {
  const lists = [facts.dependencies, task.files, task.contextFiles, task.skills];
  return (
    task.status.status === 'pending' &&
    task.status.launchable &&
    task.run === null &&
    task.test === undefined &&
    task.subagent === null &&
    lists.every((list) => list.length === 0)
  );
}
