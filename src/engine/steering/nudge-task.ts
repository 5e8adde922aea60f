import { listens } from '../../coordinator/projections/group/steering.ts';
import type { TaskRecord } from '../../coordinator/run/state/state.ts';
import { agentOf } from '../../coordinator/run/transition/transition.ts';
import type { GroupKey, TaskKey } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import type { TaskView } from '../../shared/view-models/group-views.ts';
import { sendMessage } from '../../store/attempts/messages.ts';
import type { Clock } from '../../system/clock.ts';
import { findTask, type Groups } from './find-task.ts';

/**
 * The result of a message. `left`: it waits in this file for the running agent; delivery removes the file. `taken_up`:
 * the task's session is resumed.
 */
export type Nudged =
  | { readonly kind: 'left'; readonly file: string }
  | { readonly kind: 'taken_up' };

/** A workspace and the name that it signs messages with. */
interface Speaker extends Groups {
  readonly options: { readonly label: string; readonly clock: Clock };
}

interface Nudge {
  readonly task: TaskKey;
  readonly message: string;
  /** Reopens the session of a task that has ended; the failure is a sentence. */
  readonly resumeRun: (group: GroupKey) => Promise<string | null>;
}

/** Passes a person's message to a task's agent, whether it is running or has ended. The failure is a sentence. */
export async function nudgeTask(
  workspace: Speaker,
  { task, message, resumeRun }: Nudge,
): Promise<Result<Nudged, string>> {
  const text = message.trim();
  if (text === '') {
    return failure(t('There is no message.'));
  }
  const found = findTask(workspace, task);
  if (found === null) {
    return failure(t('It has not run yet: what you have to say goes into its text in the plan.'));
  }
  const { record, view, group } = found;
  if (record.state.kind === 'running') {
    return tellAgent(workspace, record, view, text);
  }
  const refusal = await resumeRun(group);
  return refusal === null ? success({ kind: 'taken_up' }) : failure(refusal);
}

async function tellAgent(
  { options }: Speaker,
  record: TaskRecord,
  { attemptDir }: TaskView,
  text: string,
): Promise<Result<Nudged, string>> {
  if (attemptDir === null || !listens(record)) {
    const agent = agentOf(record)?.agent ?? t('Its agent');
    const why = record.state.kind === 'running' && record.state.stage === 'stopping';
    return failure(
      why
        ? t('It is being stopped.')
        : t('{0} takes no messages while it works. Stop it, or wait for its end.', agent),
    );
  }
  const sent = await sendMessage(attemptDir, { text, by: options.label, at: options.clock.now() });
  return sent.ok ? success({ kind: 'left', file: sent.value }) : sent;
}
