import type { RejectedFailure } from '../../shared/failure.ts';
import { t } from '../../shared/messages.ts';
import type { Usage } from '../../shared/view-models/group-views.ts';
import { describeUsd } from '../../shared/words/amounts.ts';
import { costOf } from '../metrics/cost.ts';
import type { RunEventBody } from '../schema/events.ts';
import type { LaunchSpec } from '../schema/run-spec.ts';
import { rejected } from './failure/rejected.ts';
import type { RunState, Spent, TaskRecord } from './state/state.ts';
import { agentOf, enter, settleDependents } from './transition/transition.ts';

/** Sums of fractions depend on their order, sums of whole numbers do not: a replay has to come to the same. */
const NANOS_PER_USD = 1e9;
/** The share of the budget at which a person is warned. */
const WARNING_SHARE = 0.8;

/** What an attempt cost: as the agent says, else by its price; nothing where neither is known. */
export function spentOn(usage: Usage | null, price: LaunchSpec['price']): Spent {
  if (usage === null) {
    return { costNanos: 0, tokens: 0 };
  }
  const costNanos = Math.round((costOf(usage, price) ?? 0) * NANOS_PER_USD);
  return { costNanos, tokens: usage.inputTokens + usage.outputTokens };
}

/**
 * An attempt reports what it has used so far: `after` instead of its `liveUsage`. Only the difference is added: nothing
 * is summed up anew at an event. Beyond the limit each report stops the attempt that was started last. `over`: the
 * attempt has ended by itself, so it is not the one to stop.
 */
export function usageReported(
  run: RunState,
  record: TaskRecord,
  after: Usage | null,
  over: boolean,
): void {
  const price = agentOf(record)?.price ?? null;
  const [was, is] = [spentOn(record.liveUsage, price), spentOn(after, price)];
  const { policy } = run;
  policy.spent.costNanos += is.costNanos - was.costNanos;
  policy.spent.tokens += is.tokens - was.tokens;
  policy.costEstimated ||= after?.costEstimated === true && is.costNanos > 0;
  const grew = is.costNanos > was.costNanos || is.tokens > was.tokens;
  if (grew && policy.budget === 'spent' && record.stopWhy === null && !record.cancelRequested) {
    stopLatest(run, over ? record : null);
  }
}

function stopLatest(run: RunState, ended: TaskRecord | null): void {
  let latest: TaskRecord | undefined;
  for (const record of run.order) {
    const isLater = latest === undefined || record.launchedAs > latest.launchedAs;
    if (isLater && record !== ended && isStoppable(record)) {
      latest = record;
    }
  }
  if (latest !== undefined) {
    latest.stopWhy = 'budget';
    run.toCancel.add(latest);
  }
}

function isStoppable({ state, stopWhy, cancelRequested }: TaskRecord): boolean {
  return (
    state.kind === 'running' && state.stage !== 'stopping' && stopWhy === null && !cancelRequested
  );
}

/** What the budget has to say that it has not said: at four fifths, and when it is spent. */
export function budgetSpeaks(run: RunState): RunEventBody | null {
  const share = shareSpent(run);
  const said = run.policy.budget;
  if (share >= 1 && said !== 'spent') {
    const message = t(
      "The run's budget of {0} is spent ({1}): nothing more is launched.",
      limitWords(run),
      spentWords(run),
    );
    return { type: 'policy.reported', severity: 'violation', code: 'BUDGET', task: null, message };
  }
  if (share >= WARNING_SHARE && said === 'open') {
    const message = t(
      "{0} of the run's budget of {1} are spent.",
      spentWords(run),
      limitWords(run),
    );
    return { type: 'policy.reported', severity: 'warning', code: 'BUDGET', task: null, message };
  }
  return null;
}

/** Once the budget is spent, whatever does not run fails: it could only start by spending more. */
export function refuseTheRest(run: RunState): void {
  if (run.policy.budget !== 'spent' || run.active === run.live) {
    return;
  }
  const open = run.order.filter(
    ({ state: { kind } }) => kind === 'waiting' || kind === 'ready' || kind === 'held',
  );
  // All of them before any of their dependents is looked at: each is refused for itself, not for another.
  for (const record of open) {
    const how = record.startedAt === null ? 'so it was not started' : 'so it is not tried again';
    enter(run, record, { kind: 'failed', failure: overBudget(run, how) });
  }
  for (const record of open) {
    settleDependents(run, record);
  }
}

/** Why an attempt failed that was stopped for the budget. */
export function stoppedForBudget(run: RunState): RejectedFailure {
  return overBudget(run, 'so it was stopped');
}

function overBudget(run: RunState, what: string): RejectedFailure {
  return rejected(
    'POLICY_VIOLATION',
    t("The run's budget of {0} is spent ({1}), {2}.", limitWords(run), spentWords(run), what),
    t('Raise policies.budget in parallel-groups.json, then run the group again.'),
  );
}

/** USD that are left of the run's budget, never less than 0; `null` where none is set. */
export function budgetLeftUsd({ plan: { budget }, policy: { spent } }: RunState): number | null {
  const { maxCostUsd } = budget;
  return maxCostUsd === null ? null : Math.max(0, maxCostUsd - spent.costNanos / NANOS_PER_USD);
}

/** `$0.42 of $5.00`; of two limits the one that is nearer. `null` where there is no budget. */
export function budgetWords(run: RunState): string | null {
  const { maxCostUsd, maxTokens } = run.plan.budget;
  return maxCostUsd === null && maxTokens === null
    ? null
    : `${spentWords(run)} of ${limitWords(run)}`;
}

/** 1: all of it; of two limits the one that is nearer. 0 where there is no budget. */
function shareSpent({ plan: { budget }, policy: { spent } }: RunState): number {
  return Math.max(
    shareOf(spent.costNanos, budget.maxCostUsd, NANOS_PER_USD),
    shareOf(spent.tokens, budget.maxTokens, 1),
  );
}

function shareOf(amount: number, limit: number | null, unit: number): number {
  if (limit === null) {
    return 0;
  }
  return limit === 0 ? 1 : amount / (limit * unit);
}

/** Which of the two limits is spoken of: the one that is nearer. */
function isAboutCost({ plan: { budget }, policy: { spent } }: RunState): boolean {
  return (
    shareOf(spent.costNanos, budget.maxCostUsd, NANOS_PER_USD) >=
      shareOf(spent.tokens, budget.maxTokens, 1) && budget.maxCostUsd !== null
  );
}

function limitWords(run: RunState): string {
  const { maxCostUsd, maxTokens } = run.plan.budget;
  return isAboutCost(run) ? describeUsd(maxCostUsd ?? 0) : tokenWords(maxTokens ?? 0);
}

function spentWords(run: RunState): string {
  const { costNanos, tokens } = run.policy.spent;
  const estimated = run.policy.costEstimated ? ' (estimated)' : '';
  return isAboutCost(run)
    ? `${describeUsd(costNanos / NANOS_PER_USD)}${estimated}`
    : tokenWords(tokens);
}

function tokenWords(tokens: number): string {
  return `${tokens.toLocaleString('en')} tokens`;
}
