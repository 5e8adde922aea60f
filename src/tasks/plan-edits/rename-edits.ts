import type { Span } from '../../coordinator/plan/markers/marked-text.ts';
import { t } from '../../shared/messages.ts';
import { failure } from '../../shared/result.ts';
import type { OutlinedTask } from '../format/outline.ts';
import { type Change, changeTasks, type PlanEdits } from './change.ts';
import { contentStart } from './checklist-ways.ts';
import type { PlanText } from './facts.ts';
import { insertion, isJsonTask, spelled } from './spelling.ts';
import { withPlan } from './with-plan.ts';

/**
 * Returns the edits that give another id to the task at `occurrence` (its span in the outline); a task whose id derives
 * from its text gets a written one. Dependencies on the old id stay: if two tasks share an id, the intended one is
 * unknown.
 */
export function renameIdEdits(
  text: string,
  path: string,
  occurrence: Span,
  newId: string,
): PlanEdits {
  return withPlan(text, path, (plan) => {
    const { tasks } = plan.outline;
    const index = tasks.findIndex(
      ({ span }) => span.start === occurrence.start && span.end === occurrence.end,
    );
    const task = tasks[index];
    if (task === undefined) {
      return failure({
        message: t('The plan has changed since, so nothing was changed. Try again.'),
      });
    }
    if (tasks.some(({ id, source }) => id === newId && source === task.source)) {
      return failure({ message: t('“{0}” is the id of a task already. Choose another.', newId) });
    }
    return changeTasks(plan, path, [
      { index, ways: [[renameEdit(plan, task, newId)]], to: { id: newId } },
    ]);
  });
}

function renameEdit({ text }: PlanText, task: OutlinedTask, newId: string): Change['ways'][0][0] {
  const { idSpan } = task;
  if (idSpan === null) {
    return insertion(contentStart(text, task), `${newId} `);
  }
  const { start, end } = withHash(text, task, idSpan);
  const isBareNumber = isJsonTask(text, task) && text[end] !== '"';
  const written =
    isBareNumber && !/^(?:0|[1-9]\d*)$/.test(newId)
      ? JSON.stringify(newId)
      : spelled(text, task, newId);
  return { offset: start, length: end - start, text: written };
}

/** Returns the span with the `#` of an id such as `#12`, which is part of the id but not of its outlined span. */
function withHash(text: string, { id }: OutlinedTask, { start, end }: Span): Span {
  const hash = id.startsWith('#') && text.slice(start - 1, end) === id;
  return hash ? { start: start - 1, end } : { start, end };
}
