import type { Span } from '../../coordinator/plan/markers/marked-text.ts';
import { t } from '../../shared/messages.ts';
import { failure, success } from '../../shared/result.ts';
import { applyEdits } from './apply-edits.ts';
import type { PlanEdits } from './change.ts';
import { type PlanText, planText } from './facts.ts';
import { replacement } from './spelling.ts';
import { withPlan } from './with-plan.ts';

/**
 * Returns the edits that replace a near miss of a group marker (`span`, `suggestion`: see the outline) with the marker.
 * The task's title loses those words, so an id that derives from the title may change.
 */
export function mendMarkerEdits(
  text: string,
  path: string,
  span: Span,
  suggestion: string,
): PlanEdits {
  return withPlan(text, path, (plan) => {
    const index = plan.outline.tasks.findIndex(({ almostMarkers }) =>
      almostMarkers.some((each) => each.span.start === span.start && each.span.end === span.end),
    );
    const task = plan.outline.tasks[index];
    if (task === undefined) {
      return failure({
        message: t('The plan has changed since, so nothing was changed. Try again.'),
      });
    }
    const edits = [replacement(plan.text, task, span, suggestion)];
    const after = planText(applyEdits(plan.text, edits), path);
    return isMended(plan, after, index, suggestion)
      ? success(edits)
      : failure({
          message: t(
            'The marker cannot be mended without changing something else of the plan, so nothing was changed. Edit it by hand.',
          ),
        });
  });
}

/** Whether the task has the marker now, and no other task has changed its group or its dependencies. */
function isMended(
  before: PlanText,
  after: PlanText | null,
  index: number,
  suggestion: string,
): boolean {
  const markers = (plan: PlanText | null) => {
    const task = plan?.outline.tasks[index];
    return [task?.group ?? [], task?.otherGroups ?? []].flat();
  };
  const added = markers(after).length === markers(before).length + 1;
  const links = (plan: PlanText | null) =>
    JSON.stringify(
      plan?.facts.map(({ group, dependencies }, place) => [place === index || group, dependencies]),
    );
  const named = markers(after).some(({ id }) => `[P:Group-${id}]` === suggestion);
  return added && named && links(before) === links(after);
}
