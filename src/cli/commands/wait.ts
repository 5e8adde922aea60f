import { t } from '../../shared/messages.ts';
import { type Answer, refusal } from '../output/answer.ts';
import { endAnswer } from '../run/end-answer.ts';
import { allGroups, chooseGroup } from '../run/groups.ts';
import { waitForEnd } from '../run/wait-for-end.ts';
import { withWorkspace } from '../run/with-workspace.ts';

/** `wait --group-id G`: waits for the end of the group's newest run in any process. `timeoutMs` null = no limit. */
export function wait(
  workspaceRoot: string,
  wanted: string,
  timeoutMs: number | null,
): Promise<Answer> {
  return withWorkspace(workspaceRoot, undefined, async ({ workspace }) => {
    const groups = await allGroups(workspaceRoot, workspace.plans.current());
    const chosen = chooseGroup(wanted, groups, workspaceRoot);
    if (!chosen.ok) {
      return chosen.failure;
    }
    const { key, id } = chosen.value;
    const end = await waitForEnd(workspace, key, { timeoutMs, changingHands: false });
    return end === null
      ? refusal('nothing', t('There is nothing to wait for: {0} never ran.', id))
      : endAnswer(workspaceRoot, end);
  });
}
