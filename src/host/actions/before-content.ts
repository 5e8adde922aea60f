import * as vscode from 'vscode';
import type { WindowModel } from '../window/window-model.ts';

/** Documents with a file as it was before a task, for the left side of a comparison. */
const SCHEME = 'parallel-groups-before';

/** The document of a file as `commit` has it; `null`: there was none, so it is empty. */
export function beforeUri(file: vscode.Uri, commit: string | null): vscode.Uri {
  return file.with({ scheme: SCHEME, query: commit ?? '' });
}

/** Lets VS Code read those documents, of files in the window's folders. */
export function provideBefore(session: WindowModel): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    provideTextDocumentContent: async (uri) => {
      const commit = uri.query;
      const found = session.fileOf(uri.with({ scheme: 'file', query: '' }));
      if (found === null || commit === '') {
        return '';
      }
      // Loaded on first use.
      const { committedText } = await import('../../verification/git/committed-file.ts');
      return committedText(found.folder.workspace.root, commit, found.path);
    },
  });
}
