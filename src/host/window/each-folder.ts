import { type Disposable, disposeAll } from '../../shared/disposable.ts';
import type { Folder } from './folder.ts';
import type { WindowModel } from './window-model.ts';

/** Calls `open` for every folder of the window, now and later, and disposes the result when the folder is removed. */
export function forEachFolder(
  model: WindowModel,
  open: (folder: Folder) => Disposable,
): Disposable {
  const opened = new Map<Folder, Disposable>();
  const subscription = model.onChange(() => {
    const folders = model.folders();
    for (const [folder, disposable] of opened) {
      if (!folders.includes(folder)) {
        disposable.dispose();
        opened.delete(folder);
      }
    }
    for (const folder of folders) {
      if (!opened.has(folder)) {
        opened.set(folder, open(folder));
      }
    }
  });
  return {
    dispose: () => {
      disposeAll([subscription, ...opened.values()]);
    },
  };
}
