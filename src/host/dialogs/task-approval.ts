import type { Questions } from '../../coordinator/messages/topics.ts';
import { t } from '../../shared/messages.ts';
import { visible } from '../../shared/words/visible.ts';
import type { AskModal } from './approval-dialog.ts';

type Exchange = Questions['approval.task'];

const RUN = (): string => t('Run');
const SKIP = (): string => t('Skip');
/** The name in the journal of a user who answers here. */
export const ANSWERS_AS = 'a person in VS Code';

/** Asks in a notification whether a task may start; `null` if the user closes it, who can still answer in the tree. */
export async function askForTask(
  ask: AskModal,
  { groupId, id, title, how }: Exchange['ask'],
): Promise<Exchange['answer']> {
  const message = visible(`${groupId}: may ${id} ${title} start? (${how})`);
  const answer = await ask(message, '', [RUN(), SKIP()], 'notification');
  return answer === undefined ? null : { allowed: answer === RUN(), by: ANSWERS_AS };
}
