import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadConfig } from '../../engine/load-config.ts';
import type { Disposable } from '../../shared/disposable.ts';
import { PlanStore } from '../../tasks/plan-store.ts';

/**
 * The plans of a workspace, or the one file that is asked for: relative to the workspace, or else to the current
 * directory, where the shell completes it.
 */
export async function openPlans(
  workspaceRoot: string,
  tasksFile: string | undefined,
): Promise<PlanStore> {
  if (tasksFile === undefined) {
    const { config } = await loadConfig(workspaceRoot, {});
    return PlanStore.open(workspaceRoot, config.sources);
  }
  const there = resolve(workspaceRoot, tasksFile);
  const here = resolve(tasksFile);
  return PlanStore.open(workspaceRoot, {
    tasksFile: !existsSync(there) && existsSync(here) ? here : there,
  });
}

/** Notices edits of the plans while something runs; begins in the background, as no run has to wait for it. */
export function watchPlans(plans: PlanStore): Disposable {
  const warn = (error: unknown): void => {
    process.stderr.write(`warning: the plans cannot be watched: ${String(error)}\n`);
  };
  let disposed = false;
  let watch: Disposable | null = null;
  void import('../../tasks/watch-disk.ts')
    .then((module) => module.watchPlans(plans, warn))
    .then((watching) => {
      watch = watching;
      if (disposed) watching.dispose();
    }, warn);
  return {
    dispose: () => {
      disposed = true;
      watch?.dispose();
    },
  };
}
