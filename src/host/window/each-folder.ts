import { type Disposable, disposeAll } from '../../shared/disposable.ts';
import type { Folder } from './folder.ts';
import type { WindowModel } from './window-model.ts';

/** Keeps what `open` gives for every folder of the window, as folders come and go. */
export function forEachFolder(
  session: WindowModel,
  open: (folder: Folder) => Disposable,
): Disposable {
  const kept = new Map<Folder, Disposable>();
  const following = session.onChange(() => {
    const folders = session.folders();
    for (const [folder, each] of kept) {
      if (!folders.includes(folder)) {
        each.dispose();
        kept.delete(folder);
      }
    }
    for (const folder of folders) {
      if (!kept.has(folder)) {
        kept.set(folder, open(folder));
      }
    }
  });
  return {
    dispose: () => {
      disposeAll([following, ...kept.values()]);
    },
  };
}
