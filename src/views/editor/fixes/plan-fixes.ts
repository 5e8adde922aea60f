import type { Span } from '../../../coordinator/plan/markers/marked-text.ts';
import type { Plan, Problem, Task } from '../../../coordinator/schema/task.ts';
import { t } from '../../../shared/messages.ts';
import type { TextEdit } from '../../../tasks/format/format.ts';
import type { OutlinedDependency, OutlinedTask } from '../../../tasks/format/outline.ts';
import type { PlanEdits } from '../../../tasks/plan-edits/change.ts';
import { removeDependencyEdits } from '../../../tasks/plan-edits/dependency-edits.ts';
import { freeId } from '../../../tasks/plan-edits/free-id.ts';
import { mendMarkerEdits } from '../../../tasks/plan-edits/mend-marker.ts';
import { renameIdEdits } from '../../../tasks/plan-edits/rename-edits.ts';
import { edgeBetween } from '../diagnostics/closer-place.ts';
import { findDependency } from '../plan/find-dependency.ts';
import type { OutlinedPlan } from '../plan/outlined-plan.ts';
import { closestIds } from './closest-ids.ts';

/** A way to mend a problem. */
export interface PlanFix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** The one that is obviously meant. */
  readonly preferred: boolean;
}

/** The plan file that is to be mended, as it is in the editor. */
export interface FixableText {
  readonly text: string;
  /** Relative to the folder, with `/`. */
  readonly path: string;
  readonly outlined: OutlinedPlan;
  readonly plan: Plan;
}

/** More ways than these are no help. */
const MOST_NAMES = 3;
const MOST_EDGES = 8;

/** What can be done about the dependency that stands at `span` and leads to no task. */
export function unknownDependencyFixes(file: FixableText, span: Span): readonly PlanFix[] {
  const found = dependencyAt(file.outlined, span);
  if (found === undefined) {
    return [];
  }
  const { task, dependency } = found;
  const meant = meantIds(file, task, dependency.written);
  const renames = meant.map(({ id, title }) => ({
    title: t('Change “{0}” to “{1}” ({2})', dependency.written, id, shortened(title)),
    edits: [respelled(file, task, dependency, id)],
    preferred: meant.length === 1,
  }));
  const removal = removeDependency(file, task, dependency);
  return [...renames, ...removal.map((fix) => ({ ...fix, preferred: meant.length === 0 }))];
}

/** What can be done about a task at `span` whose id another one has already. */
export function duplicateIdFixes(file: FixableText, span: Span): readonly PlanFix[] {
  const task = file.outlined.tasks.find((each) => touches(each.idSpan ?? each.head, span));
  if (task === undefined) {
    return [];
  }
  const id = freeId(file.outlined, task.id);
  const edits = renameIdEdits(file.text, file.path, task.span, id);
  return fix(t('Change the id of this task to “{0}”', id), edits, true);
}

/** The dependencies of a cycle that stand in this file, each to be removed. */
export function cycleFixes(file: FixableText, { tasks = [] }: Problem): readonly PlanFix[] {
  const edges = tasks.flatMap((key, index) => {
    const next = tasks[index + 1] ?? tasks[0];
    const task = file.outlined.task(key);
    const edge =
      task === undefined || next === undefined ? undefined : edgeBetween(task, next, file.plan);
    return task === undefined || edge === undefined ? [] : [{ task, edge }];
  });
  return edges
    .slice(0, MOST_EDGES)
    .flatMap(({ task, edge }) => removeDependency(file, task, edge))
    .map((each) => ({ ...each, preferred: edges.length === 1 }));
}

/** What is almost a marker at `span`, as one. */
export function almostMarkerFixes(file: FixableText, span: Span): readonly PlanFix[] {
  const almost = file.outlined.tasks
    .flatMap(({ almostMarkers }) => almostMarkers)
    .find((each) => touches(each.span, span));
  if (almost === undefined) {
    return [];
  }
  const { text, path } = file;
  const edits = mendMarkerEdits(text, path, almost.span, almost.suggestion);
  return fix(t('Write it as {0}', almost.suggestion), edits, true);
}

function removeDependency(
  { text, path }: FixableText,
  task: OutlinedTask,
  { written }: OutlinedDependency,
): readonly PlanFix[] {
  const title = t('Remove the dependency of “{0}” on “{1}”', task.id, written);
  return fix(title, removeDependencyEdits(text, path, task, written), false);
}

function fix(title: string, edits: PlanEdits, preferred: boolean): readonly PlanFix[] {
  return edits.ok && edits.value.length > 0 ? [{ title, edits: edits.value, preferred }] : [];
}

interface Meant {
  readonly id: string;
  readonly title: string;
}

/** The tasks that may have been meant: those of the file by their ids, others by id or, where several have it, by key. */
function meantIds(
  { plan, outlined }: FixableText,
  from: OutlinedTask,
  written: string,
): readonly Meant[] {
  if (findDependency(plan, from, written).ambiguous) {
    return tasksWithId(plan, written).slice(0, MOST_NAMES);
  }
  const taken = new Set([from.id, ...from.dependencies.map((each) => each.written)]);
  const own = outlined.tasks.filter((task) => task.source === from.source && !taken.has(task.id));
  const near = closestIds<Meant>(written, own, MOST_NAMES);
  return near.length > 0 ? near : closestIds(written, others(plan, from), MOST_NAMES);
}

function tasksWithId(plan: Plan, written: string): readonly Meant[] {
  return [...plan.tasks.values()]
    .filter(({ id }) => id === written)
    .map(({ key, title }) => ({ id: key, title }));
}

function others(plan: Plan, from: OutlinedTask): readonly Meant[] {
  const elsewhere = [...plan.tasks.values()].filter(({ source }) => source !== from.source);
  return elsewhere.map((task) => ({ id: shortName(plan, from, task), title: task.title }));
}

function shortName(plan: Plan, from: OutlinedTask, task: Task): string {
  return findDependency(plan, from, task.id).key === task.key ? task.id : task.key;
}

function dependencyAt(
  { tasks }: OutlinedPlan,
  span: Span,
): { task: OutlinedTask; dependency: OutlinedDependency } | undefined {
  for (const task of tasks) {
    const dependency = task.dependencies.find((each) => touches(each.span, span));
    if (dependency !== undefined) {
      return { task, dependency };
    }
  }
  return undefined;
}

/** The dependency with another id in its place, in the spelling of the file. */
function respelled(
  { text }: FixableText,
  task: OutlinedTask,
  { span: { start, end }, inList }: OutlinedDependency,
  id: string,
): TextEdit {
  const isJson = text[task.head.start] === '{';
  const escaped = isJson ? JSON.stringify(id).slice(1, -1) : id;
  // A list may hold bare numbers.
  const isBare = inList && text[start - 1] !== '"';
  const written = isBare && !/^(?:0|[1-9]\d*)$/.test(id) ? `"${escaped}"` : escaped;
  return { offset: start, length: end - start, text: written };
}

function touches(a: Span, b: Span): boolean {
  return a.start <= b.end && b.start <= a.end;
}

function shortened(title: string): string {
  return title.length <= 50 ? title : `${title.slice(0, 49).trimEnd()}…`;
}
