import type { Failure } from '../../../shared/failure.ts';
import { t } from '../../../shared/messages.ts';
import type { Evidence } from '../../../shared/view-models/group-views.ts';
import { evidenceParts, unprovenReason } from '../../../shared/words/evidence-words.ts';
import type { RunState, TaskRecord, TaskState } from '../state/state.ts';
import { tookTooLong } from '../transition/limits.ts';

/** The consequence for a task whose evidence lacks `missing`. */
export function unprovenState(
  run: RunState,
  record: TaskRecord,
  missing: Evidence,
): Extract<TaskState, { kind: 'failed' | 'cancelled' }> {
  // Only the task's own test can be stopped; other missing evidence was missing before.
  if (missing.kind === 'tests' && record.stopWhy === 'limit') {
    return { kind: 'failed', failure: tookTooLong(run) };
  }
  if (missing.kind === 'tests' && record.cancelRequested) {
    return { kind: 'cancelled' };
  }
  return { kind: 'failed', failure: unprovenFailure(record, missing) };
}

function unprovenFailure({ outcome }: TaskRecord, missing: Evidence): Failure {
  const message = evidenceParts(missing).sentence;
  const reason = unprovenReason(missing);
  return reason === 'denied'
    ? {
        reason,
        denials: outcome?.denials ?? [],
        message,
        remedy: t('Allow it in the permissions of its agent, then try it again.'),
      }
    : {
        reason,
        message,
        remedy: t('It stays open. Look at what the agent said, then try it again.'),
      };
}
