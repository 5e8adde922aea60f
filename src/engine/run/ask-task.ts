import type { CoordinatorBus } from '../../coordinator/messages/coordinator-bus.ts';
import type { RunState, TaskRecord } from '../../coordinator/run/state/state.ts';
import { agentOf } from '../../coordinator/run/transition/transition.ts';
import type { RunEventBody } from '../../coordinator/schema/events.ts';

/**
 * Asks a person whether a task may start and posts the answer. Posts nothing if they close the question, because they
 * can still answer in another place. If there is no one to ask, the task is not approved.
 */
export async function askTask(
  bus: CoordinatorBus,
  { plan: { group, groupId } }: Pick<RunState, 'plan'>,
  record: TaskRecord,
  post: (event: RunEventBody) => void,
): Promise<void> {
  const { key: task, id, title, run: line } = record.planned;
  const agent = agentOf(record);
  const how = line ?? `${agent?.subagent ?? ''}, ${agent?.agent ?? ''}`;
  const question = { group, groupId, task, id, title, how };
  const answer = await bus.request('approval.task', question);
  if (!answer.ok) {
    const by = 'this program, which has nobody to ask,';
    post({ type: 'approval.given', task, allowed: false, by });
  } else if (answer.value !== null) {
    post({ type: 'approval.given', task, ...answer.value });
  }
}
