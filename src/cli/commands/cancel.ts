import type { Workspace } from '../../engine/workspace.ts';
import type { GroupKey } from '../../shared/ids.ts';
import { EXIT } from '../exit-codes.ts';
import { allGroups, chooseGroup } from '../groups.ts';
import { type Answer, refusal } from '../output/answer.ts';
import { endAnswer } from '../run/end-answer.ts';
import { type RunEnd, waitForEnd } from '../run/wait-for-end.ts';
import { withSession } from '../run/with-session.ts';

/**
 * `cancel --group-id G`: asks whoever coordinates the group's run to stop it, or takes a dead one's run over to stop it,
 * and waits until it is over. Succeeds when it is.
 */
export function cancel(workspaceRoot: string, wanted: string): Promise<Answer> {
  return withSession(workspaceRoot, undefined, async ({ workspace }) => {
    const groups = await allGroups(workspaceRoot, workspace.plan());
    const chosen = chooseGroup(wanted, groups, workspaceRoot);
    if (!chosen.ok) return chosen.failure;
    const { key, id } = chosen.value;
    const newest = workspace.newestRun(key);
    if (newest?.state.ended !== null) {
      return refusal('nothing', `There is nothing to cancel: no run of ${id} is under way.`);
    }
    const problem = await workspace.stop(key);
    if (problem !== null) return refusal('held', problem);
    const end = await untilOver(workspace, key);
    if (end === null) return refusal('nothing', `${id} has no run any more.`);
    const answer = endAnswer(workspaceRoot, end);
    return end.kind === 'ended' ? { ...answer, exitCode: EXIT.completed } : answer;
  });
}

/** Should its holder die before it obeys, its run is taken over after all. */
async function untilOver(workspace: Workspace, key: GroupKey): Promise<RunEnd | null> {
  await workspace.held(key)?.over;
  const end = await waitForEnd(workspace, key, { timeoutMs: null, changingHands: true });
  if (end?.kind !== 'abandoned' || (await workspace.stop(key)) !== null) return end;
  await workspace.held(key)?.over;
  return waitForEnd(workspace, key, { timeoutMs: null, changingHands: false });
}
