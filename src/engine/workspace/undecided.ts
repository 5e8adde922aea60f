import { describeConflict } from '../../coordinator/plan/conflicts/describe-conflict.ts';
import type { GroupKey } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import type { RunOptions } from '../prepare/choose-run.ts';
import type { Workspace } from './workspace.ts';

/** What a person reads before they choose. */
const MOST_SENTENCES = 8;
export const WHY_ASK = (): string =>
  t('Tasks that write the same file at the same time can undo each other’s work.');

/**
 * A sentence for each place where tasks of these groups could write the same file, if a person has to decide about it:
 * "auth: T1 and T3 both name src/a.ts." Empty where nobody has to be asked.
 */
export async function undecidedConflicts(
  workspace: Pick<Workspace, 'plan' | 'undecided'>,
  keys: readonly GroupKey[],
  options: RunOptions = {},
): Promise<readonly string[]> {
  const sentences: string[] = [];
  for (const key of keys) {
    const conflicts = await workspace.undecided(key, options);
    const { groups, tasks } = workspace.plan();
    const title = groups.find((group) => group.key === key)?.id ?? key;
    for (const conflict of conflicts) {
      const what = describeConflict(conflict, (task) => tasks.get(task)?.id ?? task);
      sentences.push(t('{0}: {1}.', title, what));
    }
  }
  return sentences;
}

/** The first of them, and how many there are besides. */
export function shortened(sentences: readonly string[]): readonly string[] {
  const more = sentences.length - MOST_SENTENCES;
  return more > 0 ? [...sentences.slice(0, MOST_SENTENCES), t('And {0} more.', more)] : sentences;
}
