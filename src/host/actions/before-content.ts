import * as vscode from 'vscode';
import type { WindowModel } from '../window/window-model.ts';

/** Scheme of documents that show a file as it was before a task, for the left side of a diff. */
const SCHEME = 'parallel-groups-before';

/** The URI of a file's content at `commit`; `null` if the file did not exist then, so that it is empty. */
export function beforeUri(file: vscode.Uri, commit: string | null): vscode.Uri {
  return file.with({ scheme: SCHEME, query: commit ?? '' });
}

/** Registers the content provider of these documents for files in the window's folders. */
export function provideBefore(model: WindowModel): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    provideTextDocumentContent: async (uri) => {
      const commit = uri.query;
      const located = model.fileOf(uri.with({ scheme: 'file', query: '' }));
      if (located === null || commit === '') {
        return '';
      }
      // Loaded on first use.
      const { committedText } = await import('../../verification/git/committed-file.ts');
      return committedText(located.folder.workspace.root, commit, located.path);
    },
  });
}
