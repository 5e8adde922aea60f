import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Disposable } from '../../shared/disposable.ts';
import { listUnownedDirectories } from '../../store/directories/group-directory.ts';
import { stateDirectory } from '../../store/directories/state-directory.ts';
import { watchDirectory } from '../../store/files/watch-directory.ts';

/**
 * Calls `refresh` whenever another process may have started the first run of a group. If the state directory does not
 * exist yet, watches the workspace root for it, without its subfolders. A directory of a group is watched until it says
 * whose it is.
 */
export function watchGroups(workspaceRoot: string, refresh: () => Promise<void>): Disposable {
  const state = stateDirectory(workspaceRoot);
  const groups = join(state, 'groups');
  const watchers = new Map<string, Disposable>();
  let disposed = false;
  const onChange = async (): Promise<void> => {
    const unowned = await listUnownedDirectories(workspaceRoot);
    await refresh();
    for (const directory of [state, groups, ...unowned]) {
      // A refresh that ends after `dispose` must not leave a watcher behind.
      if (!disposed && !watchers.has(directory) && existsSync(directory)) {
        watchers.set(directory, watchDirectory(directory, onChange));
      }
    }
    for (const [directory, watcher] of watchers) {
      if (dirname(directory) === groups && !unowned.includes(directory)) {
        watcher.dispose();
        watchers.delete(directory);
      }
    }
  };
  watchers.set(workspaceRoot, watchDirectory(workspaceRoot, onChange));
  return {
    dispose: () => {
      disposed = true;
      for (const watcher of watchers.values()) {
        watcher.dispose();
      }
    },
  };
}
