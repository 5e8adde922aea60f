import type { Identity } from '../../coordinator/plan/identity.ts';
import type { SourceId } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import type { CloseFailure } from './format.ts';

/** Explains why a task's status cannot be written to its plan. */
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
        message: t(
          'The task “{0}” ({1}) is no longer in {2} under this title, so nothing was changed. Mark it by hand.',
          id,
          title,
          plan,
        ),
      };
    case 'ambiguous':
      return {
        reason,
        message: t(
          '{0} has several tasks that could be “{1}” ({2}), so nothing was changed. Mark the right one by hand.',
          source ?? 'The plan',
          id,
          title,
        ),
      };
    case 'malformed':
      return {
        reason,
        message: t(
          '{0} is not valid at the moment, so “{1}” could not be marked in it. Correct the file, then mark the task by hand.',
          source ?? 'The plan',
          id,
        ),
      };
  }
}
