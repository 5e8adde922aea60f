import type { ConflictChoice } from '../../engine/contract/conflict-choice.ts';
import type { UndecidedGroup } from '../../engine/start/run-starter.ts';
import { conflictSentences, shortened, WHY_ASK } from '../../engine/workspace/undecided.ts';
import type { Workspace } from '../../engine/workspace/workspace.ts';
import { visible } from '../../runner/terminal/visible.ts';
import { t } from '../../shared/messages.ts';
import { question } from './approval.ts';
import type { Interrupt } from './interrupt.ts';

/**
 * Decides how tasks of these groups run that could write the same file at the same time: a person on a terminal chooses;
 * otherwise they run one after the other. `undefined`: there are no such tasks. `null`: run nothing.
 */
export async function chooseConflicts(
  workspace: Workspace,
  undecided: readonly UndecidedGroup[],
  interrupt: Interrupt,
): Promise<ConflictChoice | null | undefined> {
  const conflicts = conflictSentences(workspace.plans.current(), undecided);
  if (conflicts.length === 0) {
    return undefined;
  }
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    const [first = ''] = conflicts;
    const more = conflicts.length > 1 ? t(' And {0} more.', conflicts.length - 1) : '';
    process.stderr.write(
      `${t(
        '{0}{1} Such tasks run one after the other; --conflicts together runs them at once.',
        visible(first),
        more,
      )}\n`,
    );
    return 'apart';
  }
  const lines = [...shortened(conflicts).map(visible), WHY_ASK()];
  process.stderr.write(`${lines.join('\n')}\n`);
  const answer = await question(
    t('Run them [o]ne after the other, [a]ll at once, or nothing? [o/a/N] '),
    interrupt.signal,
  );
  if (/^o(?:ne)?$/i.test(answer)) {
    return 'apart';
  }
  return /^a(?:ll)?$/i.test(answer) ? 'together' : null;
}
