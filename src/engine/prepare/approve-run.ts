import type { CoordinatorBus } from '../../coordinator/messages/coordinator-bus.ts';
import type { RunSpec } from '../../coordinator/schema/run-spec.ts';
import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import { approve, missingApprovals } from '../../store/user/approvals.ts';
import type { RunRefusal } from '../contract/run-refusal.ts';
import type { WorkspaceOptions } from '../contract/workspace-options.ts';
import { approvalItems } from './approval-items.ts';

/**
 * Has a person approve what a run would execute that comes from the workspace, unless they did before. `everyRun`: they
 * are asked although they did.
 */
export async function approveRun(
  options: Pick<WorkspaceOptions, 'overrides' | 'storage' | 'clock'>,
  bus: CoordinatorBus,
  plan: RunSpec,
  everyRun = false,
): Promise<Result<void, RunRefusal>> {
  const { storage, clock, overrides } = options;
  const { testCommand, refreshCommand } = overrides();
  const own = [testCommand ?? [], refreshCommand ?? []].filter((argv) => argv.length > 0);
  const items = approvalItems(plan, own);
  const { missing } = await missingApprovals(storage, items);
  if (missing.length === 0 && !everyRun) {
    return success(undefined);
  }
  const isKnown = missing.length === 0;
  const shown = isKnown ? items.map((item) => ({ item, previous: null })) : missing;
  const question = { group: { id: plan.groupId }, missing: shown, everyRun: isKnown };
  // A person may take as long as they like. Where nobody can be asked, nobody has agreed.
  const answer = await bus.request('approval.ask', question);
  if (!answer.ok || !answer.value) {
    const message = isKnown
      ? t('{0} was not started: policies.approval wants every run to be approved.', plan.groupId)
      : t('{0} was not started: its commands are not approved.', plan.groupId);
    return failure({ reason: 'not_approved', message, items: shown.map(({ item }) => item) });
  }
  const noted = await approve(storage, items, clock.now());
  return noted.ok
    ? success(undefined)
    : failure({ reason: 'storage', message: noted.failure.message });
}
