import * as vscode from 'vscode';
import { type PlanDocuments, rangeOf, SELECTOR } from '../plan/plan-documents.ts';
import { mentionsIn, mentionsOf, namedAt, placeOf } from './task-places.ts';

/** Registers definitions (dependency to task), references (task to its dependents) and document highlights. */
export function registerNavigation(plans: PlanDocuments): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.languages.registerDefinitionProvider(SELECTOR, {
      provideDefinition: (document, position) => {
        const plan = plans.of(document);
        const spot = plan?.outlined.spotAt(document.offsetAt(position));
        if (plan === null || spot?.kind !== 'dependency') {
          return undefined;
        }
        const key = namedAt(plan, position);
        const place = key === null ? null : placeOf(plan.folder, key, plan, plans);
        return place === null
          ? undefined
          : [
              {
                originSelectionRange: rangeOf(document, spot.span),
                targetUri: place.uri,
                targetRange: place.range,
              },
            ];
      },
    }),
    vscode.languages.registerReferenceProvider(SELECTOR, {
      provideReferences: async (document, position, { includeDeclaration }) => {
        const plan = plans.of(document);
        const key = plan === null ? null : namedAt(plan, position);
        if (plan === null || key === null) {
          return undefined;
        }
        const own = includeDeclaration ? placeOf(plan.folder, key, plan, plans) : null;
        return [...(own === null ? [] : [own]), ...(await mentionsOf(key, plan))];
      },
    }),
    vscode.languages.registerDocumentHighlightProvider(SELECTOR, {
      provideDocumentHighlights: (document, position) => {
        const plan = plans.of(document);
        const key = plan === null ? null : namedAt(plan, position);
        if (plan === null || key === null) {
          return undefined;
        }
        const { folder, outlined } = plan;
        const own = outlined.task(key);
        const written = own === undefined || own.idSpan === null ? [] : [own.idSpan];
        const { Read, Write } = vscode.DocumentHighlightKind;
        return [
          ...written.map((span) => new vscode.DocumentHighlight(rangeOf(document, span), Write)),
          ...mentionsIn(outlined, document, key, folder).map(
            ({ range }) => new vscode.DocumentHighlight(range, Read),
          ),
        ];
      },
    }),
  );
}
