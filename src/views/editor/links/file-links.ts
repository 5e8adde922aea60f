import { stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import * as vscode from 'vscode';
import { type PlanDocuments, rangeOf, SELECTOR } from '../plan/plan-documents.ts';

/** The most links in a document, because each requires a file system check. */
const MOST = 500;

/** Links the files that tasks name, if they exist. */
export function registerFileLinks(plans: PlanDocuments): vscode.Disposable {
  return vscode.languages.registerDocumentLinkProvider(SELECTOR, {
    provideDocumentLinks: async (document, token) => {
      const plan = plans.of(document);
      if (plan === null) {
        return [];
      }
      const named = plan.outlined.tasks.flatMap(({ files }) => files).slice(0, MOST);
      const paths = [...new Set(named.map(({ path }) => path))].filter(isInside);
      const existing = new Map<string, vscode.Uri>();
      await Promise.all(
        paths.map(async (path) => {
          const uri = vscode.Uri.joinPath(plan.folder.uri, path);
          if (await isFile(uri)) {
            existing.set(path, uri);
          }
        }),
      );
      return token.isCancellationRequested
        ? []
        : named.flatMap(({ path, span }) => {
            const uri = existing.get(path);
            return uri === undefined ? [] : [new vscode.DocumentLink(rangeOf(document, span), uri)];
          });
    },
  });
}

/** Whether a path is within the folder. Others are not checked, because the text of a plan is not trusted. */
function isInside(path: string): boolean {
  return !isAbsolute(path) && !path.split('/').includes('..');
}

async function isFile(uri: vscode.Uri): Promise<boolean> {
  return (await stat(uri.fsPath).catch(() => null))?.isFile() ?? false;
}
