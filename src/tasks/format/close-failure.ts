import type { Identity } from '../../coordinator/plan/identity.ts';
import type { SourceId } from '../../shared/ids.ts';
import type { CloseFailure } from './format.ts';

/** Says why a task could not be found again in its plan. */
export function closeFailure(
  reason: 'missing' | 'ambiguous' | 'malformed',
  { id, fingerprint, source }: Identity & { readonly source?: SourceId },
): CloseFailure {
  const plan = source ?? 'its plan';
  const title = fingerprint.replace(/#\d+\/\d+$/, '');
  switch (reason) {
    case 'missing':
      return {
        reason,
        message: `The task “${id}” (${title}) is no longer in ${plan} under this title, so nothing was changed. Mark it by hand.`,
      };
    case 'ambiguous':
      return {
        reason,
        message: `${source ?? 'The plan'} has several tasks that could be “${id}” (${title}), so nothing was changed. Mark the right one by hand.`,
      };
    case 'malformed':
      return {
        reason,
        message: `${source ?? 'The plan'} is not valid at the moment, so “${id}” could not be marked in it. Correct the file, then mark the task by hand.`,
      };
  }
}
