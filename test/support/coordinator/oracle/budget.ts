import { spentOn } from '../../../../src/coordinator/run/budget.ts';
import type { Spent } from '../../../../src/coordinator/run/state/state.ts';
import type { RunEventBody } from '../../../../src/coordinator/schema/events.ts';
import type { Usage } from '../../../../src/shared/view-models/group-views.ts';
import { change } from './change.ts';
import { kindOf } from './kinds.ts';
import type { Model, ModelTask } from './model.ts';

/** Returns what all attempts have spent so far, recomputed from scratch. */
export function spentBy(model: Model): Spent {
  const spent = model.tasks.flatMap((task) => [...task.spent, liveSpent(task, task.live)]);
  return {
    costNanos: spent.reduce((sum, each) => sum + each.costNanos, 0),
    tokens: spent.reduce((sum, each) => sum + each.tokens, 0),
  };
}

/** Returns what the running attempt of a task has spent if `usage` is its usage. */
export function liveSpent({ planned, choice }: ModelTask, usage: Usage | null): Spent {
  return spentOn(usage, planned.agents[choice]?.price ?? null);
}

/** Returns the spent share of the budget; 1 or more if it is spent. */
export function shareSpent(model: Model): number {
  const { maxCostUsd, maxTokens } = model.plan.budget;
  const { costNanos, tokens } = spentBy(model);
  const share = (amount: number, limit: number): number => (limit === 0 ? 1 : amount / limit);
  return Math.max(
    maxCostUsd === null ? 0 : share(costNanos, maxCostUsd * 1e9),
    maxTokens === null ? 0 : share(tokens, maxTokens),
  );
}

/** Returns the due report on the budget; empty if it was already made. */
export function budgetWords(model: Model): RunEventBody[] {
  const share = shareSpent(model);
  const about = {
    type: 'policy.reported' as const,
    code: 'BUDGET' as const,
    task: null,
    message: '',
  };
  if (share >= 1) {
    return model.budget === 'spent' ? [] : [{ ...about, severity: 'violation' }];
  }
  return share >= 0.8 && model.budget === 'open' ? [{ ...about, severity: 'warning' }] : [];
}

/**
 * Applies a report of `used` by a task's running attempt; beyond the limit, the attempt that started last has to stop.
 */
export function reported(model: Model, task: ModelTask, used: Usage | null, over: boolean): Model {
  const [before, after] = [liveSpent(task, task.live), liveSpent(task, used)];
  const { maxCostUsd, maxTokens } = model.plan.budget;
  const grew =
    (maxCostUsd !== null && after.costNanos > before.costNanos) ||
    (maxTokens !== null && after.tokens > before.tokens);
  const known = change(model, (each) => each === task, { live: used });
  if (!grew || model.budget !== 'spent' || task.stop || task.why !== null) {
    return known;
  }
  const [latest] = known.tasks
    .filter(
      ({ progress, stop, why }) =>
        progress.kind === 'running' && !progress.stopping && !stop && !why,
    )
    .filter(({ index }) => !over || index !== task.index)
    .toSorted((a, b) => b.launchedAs - a.launchedAs);
  return change(known, (each) => each === latest, { why: 'budget' });
}

/** With a spent budget, fails all tasks that are not running. */
export function refused(model: Model): Model {
  const open = (task: ModelTask): boolean =>
    ['waiting', 'ready', 'held'].includes(kindOf(model, task));
  return model.budget === 'spent' ? change(model, open, { progress: { kind: 'failed' } }) : model;
}
