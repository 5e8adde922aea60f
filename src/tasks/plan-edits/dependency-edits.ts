import { t } from '../../shared/messages.ts';
import { failure, success } from '../../shared/result.ts';
import type { TaskIdentity } from '../format/format.ts';
import type { OutlinedTask } from '../format/outline.ts';
import { outlineOf } from '../read/outline-of.ts';
import { applyEdits, editBetween } from './apply-edits.ts';
import { type Change, changeTasks, type PlanEdits } from './change.ts';
import { lineEndWays } from './checklist-ways.ts';
import type { PlanText } from './facts.ts';
import { jsonDependencyWays } from './json-ways.ts';
import { deletion, insertion, isJsonTask } from './spelling.ts';
import { placeOf, withPlan } from './with-plan.ts';

/** Returns the edits that delete every mention of a dependency, in its written form, from a task. */
export function removeDependencyEdits(
  text: string,
  path: string,
  task: TaskIdentity,
  written: string,
): PlanEdits {
  return withPlan(text, path, (plan) => {
    const place = placeOf(plan, task);
    if (!place.ok) {
      return place;
    }
    const before = plan.facts[place.value]?.dependencies ?? [];
    const dependencies = before.filter((each) => each !== written);
    if (dependencies.length === before.length) {
      return success([]);
    }
    const without = withoutDependency(plan, path, place.value, written);
    const ways = [editBetween(plan.text, without)];
    return changeTasks(plan, path, [{ index: place.value, ways, to: { dependencies } }]);
  });
}

/** Deletes the mentions one by one, because the span to delete for one depends on those that remain. */
function withoutDependency(plan: PlanText, path: string, index: number, written: string): string {
  let { text } = plan;
  let remaining = plan.outline.tasks[index]?.dependencies ?? [];
  for (;;) {
    const found = remaining.find((each) => each.written === written);
    if (found === undefined) {
      return text;
    }
    text = applyEdits(text, [deletion(found.removal)]);
    const next = outlineOf(text, path)?.tasks[index]?.dependencies ?? [];
    if (next.length >= remaining.length) {
      return text;
    }
    remaining = next;
  }
}

/** Returns the edits that make a task depend on `id`, a short id or a key; none if it does already. */
export function addDependencyEdits(
  text: string,
  path: string,
  task: TaskIdentity,
  id: string,
): PlanEdits {
  if (id === task.id) {
    return failure({ message: t('“{0}” cannot wait for itself.', id) });
  }
  return withPlan(text, path, (plan) => {
    const place = placeOf(plan, task);
    if (!place.ok) {
      return place;
    }
    const before = plan.facts[place.value]?.dependencies ?? [];
    const outlined = plan.outline.tasks[place.value];
    if (outlined === undefined || before.includes(id)) {
      return success([]);
    }
    const change = { index: place.value, ways: addWays(plan, outlined, id) };
    const dependencies = listedFirst(plan, outlined, id);
    return changeTasks(plan, path, [{ ...change, to: { dependencies } }]);
  });
}

function addWays({ text, outline }: PlanText, task: OutlinedTask, id: string): Change['ways'] {
  if (isJsonTask(text, task)) {
    return jsonDependencyWays(text, task, id, outline);
  }
  const last = task.dependencies.at(-1);
  // Parentheses do not nest in this marker.
  const end = last === undefined ? -1 : text.indexOf(')', last.span.end);
  return end === -1 ? lineEndWays(text, task, `(depends on ${id})`) : [[insertion(end, `, ${id}`)]];
}

/** Returns the dependencies in the order of the outline: those of a JSON list precede those of markers. */
function listedFirst({ text }: PlanText, task: OutlinedTask, id: string): readonly string[] {
  const written = task.dependencies.map((each) => each.written);
  if (!isJsonTask(text, task)) {
    return [...written, id];
  }
  const listed = task.dependencies.filter(({ inList }) => inList).length;
  return [...written.slice(0, listed), id, ...written.slice(listed)];
}
