import { l10n } from 'vscode';
import type { ConflictChoice } from '../../engine/contract/conflict-choice.ts';
import { shortened, WHY_ASK } from '../../engine/workspace/undecided.ts';
import { type AskModal, visible } from './approval-dialog.ts';

const APART = l10n.t('Run One After the Other');
const TOGETHER = l10n.t('Run All at Once');

/**
 * Asks what to do about tasks that could write the same file at the same time; nothing of the answer is remembered.
 * `conflicts`: a sentence each. `undefined`: there is nothing to ask. `null`: nothing is to be run.
 */
export async function askConflicts(
  ask: AskModal,
  conflicts: readonly string[],
): Promise<ConflictChoice | null | undefined> {
  const [first, ...others] = shortened(conflicts).map(visible);
  if (first === undefined) {
    return undefined;
  }
  const answer = await ask(first, [...others, WHY_ASK()].join('\n'), [APART, TOGETHER]);
  if (answer === APART) {
    return 'apart';
  }
  return answer === TOGETHER ? 'together' : null;
}
