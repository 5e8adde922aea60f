import type { ConflictChoice } from '../../engine/contract/conflict-choice.ts';
import type { RunOptions } from '../../engine/prepare/choose-run.ts';
import { shortened, undecidedConflicts, WHY_ASK } from '../../engine/workspace/undecided.ts';
import type { Workspace } from '../../engine/workspace/workspace.ts';
import { visible } from '../../runner/terminal/visible.ts';
import type { GroupKey } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import { question } from './approval.ts';
import type { Interrupt } from './interrupt.ts';

/**
 * What to do about tasks of these groups that could write the same file at the same time: as a person on a terminal
 * says; elsewhere they run one after the other. `undefined`: there is nothing to decide. `null`: nothing is to be run.
 */
export async function chooseConflicts(
  workspace: Workspace,
  keys: readonly GroupKey[],
  interrupt: Interrupt,
  options: RunOptions = {},
): Promise<ConflictChoice | null | undefined> {
  const conflicts = await undecidedConflicts(workspace, keys, options);
  if (conflicts.length === 0) {
    return undefined;
  }
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    const [first = ''] = conflicts;
    const more = conflicts.length > 1 ? t(' And {0} more.', conflicts.length - 1) : '';
    process.stderr.write(
      t(
        '{0}{1} Such tasks run one after the other; --conflicts together runs them at once.\n',
        visible(first),
        more,
      ),
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
