import { existsSync } from 'node:fs';
import type { DeadLetter } from '../../coordinator/projections/dead-letter.ts';
import type { Disposable } from '../../shared/disposable.ts';
import { stateDirectory } from '../directories/state-directory.ts';
import { watchDirectory } from '../files/watch-directory.ts';
import { deadLettersDirectory, listDeadLetters } from './dead-letters.ts';

/**
 * Tells what was given up in the workspace, now and whenever that changes, whichever process changes it. The state
 * directory need not exist: until it does, the workspace's root is watched for it (never what lies below).
 */
export function watchDeadLetters(
  workspaceRoot: string,
  tell: (letters: readonly DeadLetter[]) => void,
): Disposable {
  const state = stateDirectory(workspaceRoot);
  const directory = deadLettersDirectory(workspaceRoot);
  const watched = new Map<string, Disposable>();
  let disposed = false;
  const look = async (): Promise<void> => {
    const letters = await listDeadLetters(workspaceRoot);
    if (!disposed) {
      tell(letters);
    }
  };
  const step = async (): Promise<void> => {
    // A watch looks as soon as it begins, which has to be after it is known.
    await Promise.resolve();
    for (const [path, act] of [
      [state, step],
      [directory, look],
    ] as const) {
      const known = watched.get(path);
      if (disposed || existsSync(path) === (known !== undefined)) {
        continue;
      }
      if (known === undefined) {
        watched.set(path, watchDirectory(path, act));
      } else {
        // A person may have deleted it; what is watched there now is another directory.
        known.dispose();
        watched.delete(path);
        void look();
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
