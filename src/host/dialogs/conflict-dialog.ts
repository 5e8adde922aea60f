import { l10n } from 'vscode';
import type { ConflictChoice } from '../../engine/contract/conflict-choice.ts';
import { shortened, WHY_ASK } from '../../engine/workspace/undecided.ts';
import { visible } from '../../shared/words/visible.ts';
import type { AskModal } from './approval-dialog.ts';

const RUN_IN_SEQUENCE = l10n.t('Run One After the Other');
const RUN_IN_PARALLEL = l10n.t('Run All at Once');

/**
 * Asks what to do about tasks that could write the same file at the same time. Does not remember the answer.
 * `conflicts`: one sentence each. Returns `undefined` if there are none, and `null` if the user cancels the run.
 */
export async function askConflicts(
  ask: AskModal,
  conflicts: readonly string[],
): Promise<ConflictChoice | null | undefined> {
  const [first, ...others] = shortened(conflicts).map(visible);
  if (first === undefined) {
    return undefined;
  }
  const answer = await ask(first, [...others, WHY_ASK()].join('\n'), [
    RUN_IN_SEQUENCE,
    RUN_IN_PARALLEL,
  ]);
  if (answer === RUN_IN_SEQUENCE) {
    return 'apart';
  }
  return answer === RUN_IN_PARALLEL ? 'together' : null;
}
