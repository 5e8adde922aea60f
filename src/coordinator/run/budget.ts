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

/** Integers, because sums of fractions depend on their order and a replay must give the same result. */
const NANOS_PER_USD = 1e9;
/** Fraction of the budget at which the user is warned. */
const WARNING_SHARE = 0.8;

/** Cost of an attempt: as reported by the agent, else estimated from its price; 0 if neither is known. */
export function spentOn(usage: Usage | null, price: LaunchSpec['price']): Spent {
  if (usage === null) {
    return { costNanos: 0, tokens: 0 };
  }
  const costNanos = Math.round((costOf(usage, price) ?? 0) * NANOS_PER_USD);
  return { costNanos, tokens: usage.inputTokens + usage.outputTokens };
}

/**
 * Applies an attempt's cumulative usage: `after` replaces its `liveUsage`. Only the difference is added, so that no
 * event has to sum everything. Beyond the limit, each report stops the most recently started attempt. `over`: the
 * attempt has already ended, so it is not the one to stop.
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
  const hasGrown = isMore(run, was, is);
  if (hasGrown && policy.budget === 'spent' && record.stopWhy === null && !record.cancelRequested) {
    stopLatest(run, over ? record : null);
  }
}

/** Whether an amount that the budget limits has grown: the cost that an agent reports at its end uses no tokens. */
function isMore({ plan: { budget } }: RunState, was: Spent, is: Spent): boolean {
  const isDearer = budget.maxCostUsd !== null && is.costNanos > was.costNanos;
  return isDearer || (budget.maxTokens !== null && is.tokens > was.tokens);
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

/** The next budget finding that was not reported yet: at four fifths, and when it is spent. */
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

/** Once the budget is spent, all tasks that are not running fail: starting them would exceed it. */
export function refuseTheRest(run: RunState): void {
  if (run.policy.budget !== 'spent' || run.active === run.live) {
    return;
  }
  const open = run.order.filter(
    ({ state: { kind } }) => kind === 'waiting' || kind === 'ready' || kind === 'held',
  );
  // All of them before their dependents are updated: each fails by itself, not because of another.
  for (const record of open) {
    const how = record.startedAt === null ? 'so it was not started' : 'so it is not tried again';
    enter(run, record, { kind: 'failed', failure: overBudget(run, how) });
  }
  for (const record of open) {
    settleDependents(run, record);
  }
}

/** Failure of an attempt that was stopped for the budget. */
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

/** Remaining USD of the run's budget, at least 0; `null` without a limit. */
export function budgetLeftUsd({ plan: { budget }, policy: { spent } }: RunState): number | null {
  const { maxCostUsd } = budget;
  return maxCostUsd === null ? null : Math.max(0, maxCostUsd - spent.costNanos / NANOS_PER_USD);
}

/** `$0.42 of $5.00`, for the limit that is closer to being reached. `null` without a budget. */
export function budgetWords(run: RunState): string | null {
  const { maxCostUsd, maxTokens } = run.plan.budget;
  return maxCostUsd === null && maxTokens === null
    ? null
    : `${spentWords(run)} of ${limitWords(run)}`;
}

/** Spent fraction of the limit that is closer to being reached; 1: all of it. 0 without a budget. */
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

/** The limit that is closer to being reached. */
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
