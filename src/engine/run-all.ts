import type { HeldRun } from './held-run.ts';
import type { RunRefusal } from './open-run.ts';
import type { Workspace } from './workspace.ts';
import type { GroupKey, TaskKey } from '../shared/ids.ts';
import type { Result } from '../shared/result.ts';
import type { GroupView } from '../shared/views.ts';

/** How all groups are run. */
export interface RunAllOptions {
  /** Told of every run as it starts. */
  readonly onRun?: (run: HeldRun) => void;
  /** Asked before every group. */
  readonly isCancelled: () => boolean;
}

/** What came of each run that was tried, in the order in which they were. */
export type RunAllResult = readonly {
  readonly group: GroupKey;
  readonly run: Result<HeldRun, RunRefusal>;
}[];

/**
 * Runs groups and sequential tasks one after the other in the plan's order, and again those whose blocked tasks became
 * runnable, until nothing new can run. A task is tried once; a group that fails does not stop the others.
 */
export async function runAll(workspace: Workspace, options: RunAllOptions): Promise<RunAllResult> {
  const results: { group: GroupKey; run: Result<HeldRun, RunRefusal> }[] = [];
  const tried = new Set<TaskKey>();
  const refused = new Set<GroupKey>();
  for (;;) {
    const next = workspace
      .groups()
      .find((group) => group.canRun && !refused.has(group.key) && fresh(group, tried).length > 0);
    if (next === undefined || options.isCancelled()) {
      return results;
    }
    fresh(next, tried).forEach((key) => tried.add(key));
    const run = await workspace.run(next.key);
    results.push({ group: next.key, run });
    if (run.ok) {
      options.onRun?.(run.value);
      await run.value.done;
    } else {
      refused.add(next.key);
    }
  }
}

/** Tasks that could run now, on their own or after others of the group, and were not tried yet. */
function fresh(group: GroupView, tried: ReadonlySet<TaskKey>): TaskKey[] {
  return group.tasks
    .filter(({ status, key }) => (status === 'pending' || status === 'failed') && !tried.has(key))
    .map(({ key }) => key);
}
