import type { CoordinatorBus } from '../../coordinator/messages/coordinator-bus.ts';
import { t } from '../../shared/messages.ts';
import { approve, missingApprovals } from '../../store/user/approvals.ts';
import type { WorkspaceOptions } from '../contract/workspace-options.ts';
import { agentItems } from '../prepare/approval-items.ts';
import type { PreparedSelfTest } from './self-test.ts';

/**
 * Asks the user to approve the commands from the workspace that the test would execute, unless the user has already
 * approved them, for a test or for a run. Returns whether they are approved; `false` also if the approval cannot be
 * stored.
 */
export async function approveSelfTest(
  { storage, clock }: Pick<WorkspaceOptions, 'storage' | 'clock'>,
  bus: CoordinatorBus,
  { plan, title }: PreparedSelfTest,
): Promise<boolean> {
  const items = agentItems(plan);
  const { missing } = await missingApprovals(storage, items);
  if (missing.length === 0) {
    return true;
  }
  const question = { group: { id: t('The test of {0}', title) }, missing, everyRun: false };
  const answer = await bus.request('approval.ask', question);
  return answer.ok && answer.value && (await approve(storage, items, clock.now())).ok;
}
