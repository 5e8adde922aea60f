import type { CoordinatorBus } from '../../coordinator/messages/coordinator-bus.ts';
import type { RunState, TaskRecord } from '../../coordinator/run/state/state.ts';
import { evidenceMark, evidenceParts } from '../../shared/words/evidence-words.ts';
import type { Judgement } from '../contract/judgement.ts';

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
