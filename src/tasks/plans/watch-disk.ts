import { relative, resolve, sep } from 'node:path';
import { watch } from 'chokidar';
import type { Disposable } from '../../shared/disposable.ts';
import { ChangeBatcher } from './change-batcher.ts';
import type { PlanStore } from './plan-store.ts';

/**
 * Watches the files of a store on disk and makes it read changed files; for programs outside VS Code, which has its own
 * watcher. Resolves once everything is watched. `onError` receives the errors of the platform's watcher and of
 * readings.
 */
export async function watchPlans(
  store: PlanStore,
  onError: (error: unknown) => void,
): Promise<Disposable> {
  const root = store.workspaceRoot;
  const fromRoot = (path: string) => relative(root, path).replaceAll(sep, '/');
  const watcher = watch(store.watched(), {
    ignoreInitial: true,
    followSymlinks: false,
    ignored: (path, stats) =>
      stats?.isDirectory() === true
        ? !store.enters(fromRoot(path))
        : stats !== undefined && !store.isPlan(fromRoot(path)),
  });
  const batcher = new ChangeBatcher((paths) => {
    store.refresh(...paths).catch(onError);
  });
  const readSoon = (path: string) => {
    batcher.add(resolve(root, path));
  };
  const ready = new Promise<void>((resolveReady) => watcher.once('ready', resolveReady));
  watcher.on('error', onError);
  for (const event of ['add', 'change', 'unlink'] as const) {
    watcher.on(event, readSoon);
  }
  await ready;
  // Catch changes between the store's reading and the start of the watcher.
  await store.readAll();
  const tools = store.followTools(onError);
  return {
    dispose() {
      tools.dispose();
      batcher.dispose();
      watcher.close().catch(onError);
    },
  };
}
