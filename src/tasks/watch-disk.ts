import { relative, resolve, sep } from 'node:path';
import { watch } from 'chokidar';
import type { PlanStore } from './plan-store.ts';
import { isIgnoredFolder } from './recognise.ts';
import type { Disposable } from '../shared/disposable.ts';

/** Editors write a file in several steps; it is read once they pause. */
const SETTLE_MS = 100;

/**
 * Watches the files of a store on disk and has it read what changes; for programs outside VS Code, which has a watcher of
 * its own. Resolves once everything is watched. `onError` hears what the platform's watcher complains about.
 */
export async function watchPlans(
  store: PlanStore,
  onError: (error: unknown) => void,
): Promise<Disposable> {
  const pending = new Map<string, NodeJS.Timeout>();
  const root = store.workspaceRoot;
  const fromRoot = (path: string) => relative(root, path).replaceAll(sep, '/');
  const watcher = watch(store.watched(), {
    ignoreInitial: true,
    followSymlinks: false,
    ignored: (path, stats) =>
      stats?.isDirectory() === true
        ? fromRoot(path).split('/').some(isIgnoredFolder)
        : stats !== undefined && !store.isPlan(fromRoot(path)),
  });
  const readSoon = (path: string) => {
    clearTimeout(pending.get(path));
    pending.set(
      path,
      setTimeout(() => {
        pending.delete(path);
        store.refresh(resolve(root, path)).catch(onError);
      }, SETTLE_MS),
    );
  };
  const ready = new Promise<void>((resolveReady) => watcher.once('ready', resolveReady));
  watcher.on('error', onError);
  for (const event of ['add', 'change', 'unlink'] as const) watcher.on(event, readSoon);
  await ready;
  // What changed after the store had read it and before it was watched.
  await store.readAll();
  return {
    dispose() {
      for (const timer of pending.values()) clearTimeout(timer);
      pending.clear();
      watcher.close().catch(onError);
    },
  };
}
