import { type FSWatcher, watch } from 'node:fs';
import { basename } from 'node:path';
import type { Disposable } from '../../shared/disposable.ts';
import { attemptFiles } from '../../store/attempts/attempt-directory.ts';
import { isCancelRequested } from '../../store/attempts/claim.ts';

/** Only where the directory cannot be watched. */
const POLL_MS = 2000;

/** Calls `listener` once as soon as somebody asks for the attempt to stop, be it before this call. */
export function watchCancel(directory: string, listener: () => void): Disposable {
  const name = basename(attemptFiles(directory).cancel);
  let watcher: FSWatcher | undefined;
  let poll: NodeJS.Timeout | undefined;
  const dispose = (): void => {
    watcher?.close();
    clearInterval(poll);
  };
  const look = (): void => {
    if (!isCancelRequested(directory)) {
      return;
    }
    dispose();
    listener();
  };
  const pollInstead = (): void => {
    watcher?.close();
    poll ??= setInterval(look, POLL_MS);
  };
  try {
    watcher = watch(directory, (_event, changed) => {
      // Our own log grows in the same directory.
      if (changed === null || changed === name) {
        look();
      }
    });
    watcher.on('error', pollInstead);
  } catch {
    pollInstead();
  }
  look();
  return { dispose };
}
