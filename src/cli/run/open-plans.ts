import { existsSync, statSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { loadConfig } from '../../engine/config/load-config.ts';
import type { Disposable } from '../../shared/disposable.ts';
import { asSourceId } from '../../shared/ids.ts';
import { PlanStore } from '../../tasks/plans/plan-store.ts';

/**
 * The plans of a workspace, or the one file that is asked for: relative to the workspace, or else to the current
 * directory, where the shell completes it. `<file>@<tag>` asks for one tag of a Task Master file.
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

/** What is meant by the name of a plan; a file whose own name has an `@` goes before a tag. */
export function sourceOf(workspaceRoot: string, name: string): NamedSource {
  const there = resolve(workspaceRoot, name);
  const whole = [there, resolve(name)].find((path) => existsSync(path));
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
  return { file: there, tag: null };
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/** Notices edits of the plans while something runs; begins in the background, as no run has to wait for it. */
export function watchPlans(plans: PlanStore): Disposable {
  const warn = (error: unknown): void => {
    process.stderr.write(`warning: the plans cannot be watched: ${String(error)}\n`);
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
