import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Disposable } from '../../shared/disposable.ts';
import { stateDirectory } from '../../store/directories/state-directory.ts';
import { watchDirectory } from '../../store/files/watch-directory.ts';

/**
 * Calls `look` whenever another process may have begun the first run of some group. The state directory need not exist:
 * until it does, the workspace's root is watched for it (never what lies below).
 */
export function watchGroups(workspaceRoot: string, look: () => Promise<void>): Disposable {
  const state = stateDirectory(workspaceRoot);
  const groups = join(state, 'groups');
  const watched = new Map<string, Disposable>();
  let disposed = false;
  const step = async (): Promise<void> => {
    await look();
    for (const directory of [state, groups]) {
      // A look that was under way at the end must not leave a watch behind.
      if (!disposed && !watched.has(directory) && existsSync(directory)) {
        watched.set(directory, watchDirectory(directory, step));
      }
    }
  };
  watched.set(workspaceRoot, watchDirectory(workspaceRoot, step));
  return {
    dispose: () => {
      disposed = true;
      for (const watch of watched.values()) {
        watch.dispose();
      }
    },
  };
}
