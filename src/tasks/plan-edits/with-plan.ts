import { findTask } from '../../coordinator/plan/identity.ts';
import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import type { TaskIdentity } from '../format/format.ts';
import type { PlanEdits } from './change.ts';
import { type PlanText, planText } from './facts.ts';

/** Plans edits of a text that may begin with a byte order mark; fails if edits do not support its format. */
export function withPlan(
  text: string,
  path: string,
  plan: (found: PlanText) => PlanEdits,
): PlanEdits {
  const mark = text.startsWith('\uFEFF') ? 1 : 0;
  const found = planText(text.slice(mark), path);
  if (found === null) {
    const message = t(
      'Tasks of {0} cannot be edited here. Open the file and change it there.',
      path,
    );
    return failure({ message });
  }
  const planned = plan(found);
  if (!planned.ok || mark === 0) {
    return planned;
  }
  return success(planned.value.map((edit) => ({ ...edit, offset: edit.offset + mark })));
}

/** Returns the outline index of a task in a plan that may have changed since the task was read. */
export function placeOf(
  { outline }: PlanText,
  wanted: TaskIdentity,
): Result<number, { readonly message: string }> {
  const candidates = outline.tasks.flatMap(({ source, id, fingerprint, idSpan }, index) =>
    source === wanted.source ? [{ id, fingerprint, written: idSpan !== null, index }] : [],
  );
  const found = findTask(candidates, wanted);
  if (found.ok) {
    return success(found.value.index);
  }
  const message =
    found.failure === 'missing'
      ? t('“{0}” is no longer in its plan under this title, so nothing was changed.', wanted.id)
      : t(
          'The plan has several tasks that could be “{0}”, so nothing was changed. Give each its own id or title.',
          wanted.id,
        );
  return failure({ message });
}
