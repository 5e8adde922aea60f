import { stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import * as vscode from 'vscode';
import { type PlanDocuments, rangeOf, SELECTOR } from '../plan/plan-documents.ts';

/** Each file has to be looked for; a plan with more of them keeps the others as words. */
const MOST = 500;

/** Links from the files that tasks name, where they exist, to these files. */
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

/** Nothing outside of the folder is looked for: the text of a plan is not trusted. */
function isInside(path: string): boolean {
  return !isAbsolute(path) && !path.split('/').includes('..');
}

async function isFile(uri: vscode.Uri): Promise<boolean> {
  return (await stat(uri.fsPath).catch(() => null))?.isFile() ?? false;
}
