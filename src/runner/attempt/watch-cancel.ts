import { type FSWatcher, watch } from 'node:fs';
import { basename } from 'node:path';
import type { Disposable } from '../../shared/disposable.ts';
import { attemptFiles } from '../../store/attempts/attempt-directory.ts';
import { isCancelRequested } from '../../store/attempts/claim.ts';

/** Poll interval where the directory cannot be watched, ms. */
const POLL_MS = 2000;

/** Calls `listener` once when the attempt is asked to stop, also if that happened before this call. */
export function watchCancel(directory: string, listener: () => void): Disposable {
  const name = basename(attemptFiles(directory).cancel);
  let watcher: FSWatcher | undefined;
  let poll: NodeJS.Timeout | undefined;
  const dispose = (): void => {
    watcher?.close();
    clearInterval(poll);
  };
  const check = (): void => {
    if (!isCancelRequested(directory)) {
      return;
    }
    dispose();
    listener();
  };
  const pollInstead = (): void => {
    watcher?.close();
    poll ??= setInterval(check, POLL_MS);
  };
  try {
    watcher = watch(directory, (_event, changed) => {
      // The log grows in the same directory.
      if (changed === null || changed === name) {
        check();
      }
    });
    watcher.on('error', pollInstead);
  } catch {
    pollInstead();
  }
  check();
  return { dispose };
}
