import { existsSync, statSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { loadConfig } from '../../engine/config/load-config.ts';
import type { Disposable } from '../../shared/disposable.ts';
import { asSourceId } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import { PlanStore } from '../../tasks/plans/plan-store.ts';

/**
 * Opens the plans of a workspace, or only `tasksFile`: relative to the workspace, otherwise to the current directory, for
 * paths that the shell completes. `<file>@<tag>` names one tag of a Task Master file.
 */
export async function openPlans(
  workspaceRoot: string,
  tasksFile: string | undefined,
): Promise<PlanStore> {
  if (tasksFile === undefined) {
    const { config } = await loadConfig(workspaceRoot, {});
    return PlanStore.open(workspaceRoot, config.sources);
  }
  const { file, tag } = sourceOf(workspaceRoot, tasksFile);
  if (tag === null) {
    return PlanStore.open(workspaceRoot, { tasksFile: file });
  }
  const path = relative(workspaceRoot, file).replaceAll(sep, '/');
  const wanted = [asSourceId(`${path}@${tag}`)];
  return PlanStore.open(workspaceRoot, { tasksFile: file, wanted });
}

interface NamedSource {
  /** Absolute. */
  readonly file: string;
  readonly tag: string | null;
}

/** Resolves the name of a plan. A file whose name contains `@` takes precedence over a tag. */
export function sourceOf(workspaceRoot: string, name: string): NamedSource {
  const inWorkspace = resolve(workspaceRoot, name);
  const whole = [inWorkspace, resolve(name)].find((path) => existsSync(path));
  if (whole !== undefined) {
    return { file: whole, tag: null };
  }
  for (let at = name.lastIndexOf('@'); at > 0; at = name.lastIndexOf('@', at - 1)) {
    const part = name.slice(0, at);
    const found = [resolve(workspaceRoot, part), resolve(part)].find(isFile);
    if (found !== undefined) {
      return { file: found, tag: name.slice(at + 1) };
    }
  }
  return { file: inWorkspace, tag: null };
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/** Follows edits of the plans during a run. Starts in the background, so that no run waits for it. */
export function watchPlans(plans: PlanStore): Disposable {
  const warn = (error: unknown): void => {
    process.stderr.write(`${t('warning: the plans cannot be watched: {0}', String(error))}\n`);
  };
  let disposed = false;
  let watch: Disposable | null = null;
  void import('../../tasks/plans/watch-disk.ts')
    .then((module) => module.watchPlans(plans, warn))
    .then((watching) => {
      watch = watching;
      if (disposed) {
        watching.dispose();
      }
    }, warn);
  return {
    dispose: () => {
      disposed = true;
      watch?.dispose();
    },
  };
}
