import type { CoordinatorBus } from '../../coordinator/messages/coordinator-bus.ts';
import type { RunState, TaskRecord } from '../../coordinator/run/state/state.ts';
import { agentOf } from '../../coordinator/run/transition/transition.ts';
import type { RunEventBody } from '../../coordinator/schema/events.ts';
import { evidenceMark, evidenceParts } from '../../shared/words/evidence-words.ts';
import type { Judgement } from '../contract/judgement.ts';

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

/**
 * Asks a person whether a task that they worked on is proven. `null` if they close the question or there is no one to
 * ask: the task waits, and they can answer in another place.
 */
export async function askJudgement(
  bus: CoordinatorBus,
  { plan: { group, groupId } }: Pick<RunState, 'plan'>,
  { planned: { key: task, id, title }, evidence, changedFiles }: TaskRecord,
): Promise<Judgement | null> {
  const facts = evidence.map((each) => `${evidenceMark(each)} ${evidenceParts(each).sentence}`);
  const question = { group, groupId, task, id, title, facts, files: changedFiles };
  const answer = await bus.request('judgement.ask', question);
  return answer.ok ? answer.value : null;
}
