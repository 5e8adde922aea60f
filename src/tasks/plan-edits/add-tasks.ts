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

/** Tasks to add to a plan. */
export interface NewTasks {
  /** Titles from outside the plan. They are spelled so that the plan reads them only as titles. */
  readonly titles: readonly string[];
  /** Group that their markers name; `null` for no marker. */
  readonly group: string | null;
  /** Tasks to insert after, in any order: the new ones follow the last of these that the plan still has. */
  readonly behind: readonly TaskIdentity[];
}

export type AddedTasks = Result<
  { readonly edits: readonly TextEdit[]; readonly ids: readonly string[] },
  PlanEditFailure
>;

/** Ways to spell a title, the closest to the original first. */
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
 * Returns the edits that add open tasks to the text of a plan, in its own format, and the ids of these tasks. Applies
 * the edits to a copy and reads it again: unless the new tasks are as expected and everything else of the plan is
 * unchanged, it fails and changes nothing. `text` may begin with a byte order mark.
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

/**
 * Returns the last of these tasks in the text, or the outermost task that contains it: new tasks become its siblings.
 * `null` without such a task.
 */
function anchorOf(plan: PlanText, behind: readonly TaskIdentity[]): OutlinedTask | null {
  const { tasks } = plan.outline;
  const places = behind.flatMap((task) => {
    const place = placeOf(plan, task);
    return place.ok ? [place.value] : [];
  });
  const last = tasks[Math.max(-1, ...places)];
  const outermost = tasks.find(
    ({ source, span }) =>
      source === last?.source && span.start <= last.span.start && span.end >= last.span.end,
  );
  return outermost ?? last ?? null;
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
  const isExpected = added.every(
    (task, index) =>
      isPlain(task) &&
      task.outlined.title === titles[index] &&
      task.facts.source === source &&
      task.facts.group === group &&
      (ids[index] ?? task.facts.id) === task.facts.id,
  );
  return isExpected ? { edits: [edit], ids: added.map(({ facts }) => facts.id) } : null;
}

/** Returns ids in the style of the plan; none if the plan does not write ids. */
function newIds(outline: Outline, anchor: OutlinedTask, count: number): readonly string[] {
  const tasks = outline.tasks.filter(({ source }) => source === anchor.source);
  if (!tasks.some(({ idSpan }) => idSpan !== null)) {
    return [];
  }
  const ids: string[] = [];
  for (let each = 0; each < count; each += 1) {
    const newTasks = ids.map((id) => ({ ...anchor, id }));
    ids.push(freeId({ tasks: [...tasks, ...newTasks] }, anchor.id));
  }
  return ids;
}

interface Added {
  readonly facts: Facts;
  readonly outlined: OutlinedTask;
  readonly task: Task;
}

/** Returns the tasks that `after` has beyond `before`, all in one place; `null` if anything else differs. */
function newTasksOf(
  before: PlanText,
  after: PlanText,
  path: string,
  count: number,
): Added[] | null {
  const oldFacts = before.facts.map((facts) => JSON.stringify(facts));
  const newFacts = after.facts.map((facts) => JSON.stringify(facts));
  if (newFacts.length !== oldFacts.length + count) {
    return null;
  }
  let start = 0;
  while (start < oldFacts.length && oldFacts[start] === newFacts[start]) {
    start += 1;
  }
  const rest = [...newFacts.slice(0, start), ...newFacts.slice(start + count)];
  if (rest.some((facts, index) => facts !== oldFacts[index])) {
    return null;
  }
  const { tasks } = formatOf(path, after.text).read(after.text, asSourceId(path));
  return after.outline.tasks.slice(start, start + count).flatMap((outlined, index) => {
    const facts = after.facts[start + index];
    const task = tasks[start + index];
    return facts === undefined || task === undefined ? [] : [{ facts, outlined, task }];
  });
}

/** Whether the task is open and no part of its name was read as a marker. */
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
