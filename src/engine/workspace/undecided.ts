import { describeConflict } from '../../coordinator/plan/conflicts/describe-conflict.ts';
import type { Plan } from '../../coordinator/schema/task.ts';
import { t } from '../../shared/messages.ts';
import type { UndecidedGroup } from '../start/run-starter.ts';

/** Maximum number of sentences in a question. */
const MAX_SENTENCES = 8;
/** The reason for the question. */
export const WHY_ASK = (): string =>
  t('Tasks that write the same file at the same time can undo each other’s work.');

/** Returns a sentence for each conflict that the user has to decide: "auth: T1 and T3 both name src/a.ts." */
export function conflictSentences(
  plan: Plan,
  undecided: readonly UndecidedGroup[],
): readonly string[] {
  return undecided.flatMap(({ key, conflicts }) => {
    const title = plan.groups.find((group) => group.key === key)?.id ?? key;
    return conflicts.map((conflict) => {
      const description = describeConflict(conflict, (task) => plan.tasks.get(task)?.id ?? task);
      return t('{0}: {1}.', title, description);
    });
  });
}

/** Returns the first sentences, and the number of the others. */
export function shortened(sentences: readonly string[]): readonly string[] {
  const more = sentences.length - MAX_SENTENCES;
  return more > 0 ? [...sentences.slice(0, MAX_SENTENCES), t('And {0} more.', more)] : sentences;
}
