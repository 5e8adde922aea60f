import type { CoordinatorBus } from '../../coordinator/messages/coordinator-bus.ts';
import type { ApprovalItem, MissingApproval } from '../../coordinator/schema/approval.ts';
import type { RunSpec } from '../../coordinator/schema/run-spec.ts';
import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import { approve, missingApprovals } from '../../store/user/approvals.ts';
import type { RunRefusal } from '../contract/run-refusal.ts';
import type { WorkspaceOptions } from '../contract/workspace-options.ts';
import { approvalItems } from './approval-items.ts';

type ApprovalOptions = Pick<WorkspaceOptions, 'overrides' | 'storage' | 'clock'>;

/** The commands from the workspace that a run would execute, and those that need the user's approval. */
export interface Approval {
  /** All commands; they count as approved once the user agrees. */
  readonly items: readonly ApprovalItem[];
  /** Commands that the question shows; if empty, there is nothing to ask, unless `everyRun`. */
  readonly asked: readonly MissingApproval[];
  /** Whether no command is new and the user wants to approve every run. */
  readonly everyRun: boolean;
}

/** Looks up which commands the user has already approved. `everyRun`: the user wants to approve them all the same. */
export async function approvalOf(
  { overrides, storage }: ApprovalOptions,
  spec: RunSpec,
  everyRun: boolean,
): Promise<Approval> {
  const { testCommand, refreshCommand } = overrides();
  const own = [testCommand ?? [], refreshCommand ?? []].filter((argv) => argv.length > 0);
  const items = approvalItems(spec, own);
  const { missing } = await missingApprovals(storage, items);
  if (missing.length > 0) {
    return { items, asked: missing, everyRun: false };
  }
  const all = everyRun ? items.map((item) => ({ item, previous: null })) : [];
  return { items, asked: all, everyRun };
}

/** Asks the user for approval and stores it. If there is no user to ask, the run counts as not approved. */
export async function askApproval(
  { storage, clock }: ApprovalOptions,
  bus: CoordinatorBus,
  { groupId }: Pick<RunSpec, 'groupId'>,
  { items, asked, everyRun }: Approval,
): Promise<Result<void, RunRefusal>> {
  if (asked.length === 0 && !everyRun) {
    return success(undefined);
  }
  const question = { group: { id: groupId }, missing: asked, everyRun };
  const answer = await bus.request('approval.ask', question);
  if (!answer.ok || !answer.value) {
    const message = everyRun
      ? t('{0} was not started: policies.approval wants every run to be approved.', groupId)
      : t('{0} was not started: its commands are not approved.', groupId);
    return failure({ reason: 'not_approved', message, items: asked.map(({ item }) => item) });
  }
  const stored = await approve(storage, items, clock.now());
  return stored.ok
    ? success(undefined)
    : failure({ reason: 'storage', message: stored.failure.message });
}
