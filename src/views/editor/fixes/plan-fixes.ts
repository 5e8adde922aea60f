import type { Span } from '../../../coordinator/plan/markers/marked-text.ts';
import type { Plan, Problem, Task } from '../../../coordinator/schema/task.ts';
import { t } from '../../../shared/messages.ts';
import { shortened } from '../../../shared/words/text.ts';
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

/** A quick fix of a problem. */
export interface PlanFix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** Whether it is the fix that the user most likely wants. */
  readonly preferred: boolean;
}

/** The plan file to fix, with its current text in the editor. */
export interface FixableText {
  readonly text: string;
  /** Relative to the folder, with `/`. */
  readonly path: string;
  readonly outlined: OutlinedPlan;
  readonly plan: Plan;
}

/** The highest numbers of fixes to offer; more would not help. */
/** UTF-16 units. */
const LONGEST_TITLE = 50;
const MOST_NAMES = 3;
const MOST_EDGES = 8;

/** Fixes for the unresolved dependency at `span`. */
export function unknownDependencyFixes(file: FixableText, span: Span): readonly PlanFix[] {
  const found = dependencyAt(file.outlined, span);
  if (found === undefined) {
    return [];
  }
  const { task, dependency } = found;
  const meant = meantIds(file, task, dependency.written);
  const renames = meant.map(({ id, title }) => ({
    title: t(
      'Change “{0}” to “{1}” ({2})',
      dependency.written,
      id,
      shortened(title, LONGEST_TITLE),
    ),
    edits: [respelled(file, task, dependency, id)],
    preferred: meant.length === 1,
  }));
  const removal = removeDependency(file, task, dependency);
  return [...renames, ...removal.map((fix) => ({ ...fix, preferred: meant.length === 0 }))];
}

/** Fixes for the task at `span` whose id another task already has. */
export function duplicateIdFixes(file: FixableText, span: Span): readonly PlanFix[] {
  const task = file.outlined.tasks.find((each) => touches(each.idSpan ?? each.head, span));
  if (task === undefined) {
    return [];
  }
  const id = freeId(file.outlined, task.id);
  const edits = renameIdEdits(file.text, file.path, task.span, id);
  return fix(t('Change the id of this task to “{0}”', id), edits, true);
}

/** Fixes that each remove one of the cycle's dependencies in this file. */
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

/** Fixes that turn the malformed marker at `span` into a marker. */
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

interface RenameTarget {
  readonly id: string;
  readonly title: string;
}

/** The tasks that the user may have meant: those of the file by id, others by id or, if the id is ambiguous, by key. */
function meantIds(
  { plan, outlined }: FixableText,
  from: OutlinedTask,
  written: string,
): readonly RenameTarget[] {
  if (findDependency(plan, from, written).ambiguous) {
    return tasksWithId(plan, written).slice(0, MOST_NAMES);
  }
  const taken = new Set([from.id, ...from.dependencies.map((each) => each.written)]);
  const own = outlined.tasks.filter((task) => task.source === from.source && !taken.has(task.id));
  const near = closestIds<RenameTarget>(written, own, MOST_NAMES);
  return near.length > 0 ? near : closestIds(written, others(plan, from), MOST_NAMES);
}

function tasksWithId(plan: Plan, written: string): readonly RenameTarget[] {
  return [...plan.tasks.values()]
    .filter(({ id }) => id === written)
    .map(({ key, title }) => ({ id: key, title }));
}

function others(plan: Plan, from: OutlinedTask): readonly RenameTarget[] {
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

/** The edit that replaces a dependency with another id, in the syntax of the file. */
function respelled(
  { text }: FixableText,
  task: OutlinedTask,
  { span: { start, end }, inList }: OutlinedDependency,
  id: string,
): TextEdit {
  const isJson = text[task.head.start] === '{';
  const escaped = isJson ? JSON.stringify(id).slice(1, -1) : id;
  // A list can contain bare numbers.
  const isBare = inList && text[start - 1] !== '"';
  const written = isBare && !/^(?:0|[1-9]\d*)$/.test(id) ? `"${escaped}"` : escaped;
  return { offset: start, length: end - start, text: written };
}

function touches(a: Span, b: Span): boolean {
  return a.start <= b.end && b.start <= a.end;
}
