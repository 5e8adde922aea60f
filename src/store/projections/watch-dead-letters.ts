import { existsSync } from 'node:fs';
import type { DeadLetter } from '../../coordinator/projections/dead-letter.ts';
import type { Disposable } from '../../shared/disposable.ts';
import { stateDirectory } from '../directories/state-directory.ts';
import { watchDirectory } from '../files/watch-directory.ts';
import { deadLettersDirectory, listDeadLetters } from './dead-letters.ts';

/**
 * Delivers the dead letters of the workspace, once at the start and after every change by any process. The state directory
 * need not exist: until it does, the watch is on the workspace's root (not below it).
 */
export function watchDeadLetters(
  workspaceRoot: string,
  listener: (deadLetters: readonly DeadLetter[]) => void,
): Disposable {
  const state = stateDirectory(workspaceRoot);
  const directory = deadLettersDirectory(workspaceRoot);
  const watched = new Map<string, Disposable>();
  let disposed = false;
  const deliver = async (): Promise<void> => {
    const deadLetters = await listDeadLetters(workspaceRoot);
    if (!disposed) {
      listener(deadLetters);
    }
  };
  const updateWatches = async (): Promise<void> => {
    // A watch calls back as soon as it starts; `watched` must contain it by then.
    await Promise.resolve();
    for (const [path, onChange] of [
      [state, updateWatches],
      [directory, deliver],
    ] as const) {
      const known = watched.get(path);
      if (disposed || existsSync(path) === (known !== undefined)) {
        continue;
      }
      if (known === undefined) {
        watched.set(path, watchDirectory(path, onChange));
      } else {
        // A person may have deleted the directory; a new one at the same path needs a new watch.
        known.dispose();
        watched.delete(path);
        void deliver();
      }
    }
  };
  watched.set(workspaceRoot, watchDirectory(workspaceRoot, updateWatches));
  return {
    dispose: () => {
      disposed = true;
      for (const watch of watched.values()) {
        watch.dispose();
      }
    },
  };
}
