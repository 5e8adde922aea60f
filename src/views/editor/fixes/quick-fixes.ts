import * as vscode from 'vscode';
import type { Span } from '../../../coordinator/plan/markers/marked-text.ts';
import { closerPlace } from '../diagnostics/closer-place.ts';
import {
  type PlanDocument,
  type PlanDocuments,
  rangeOf,
  SELECTOR,
} from '../plan/plan-documents.ts';
import {
  almostMarkerFixes,
  cycleFixes,
  duplicateIdFixes,
  type FixableText,
  type PlanFix,
  unknownDependencyFixes,
} from './plan-fixes.ts';

/** Offers quick fixes for the problems of a plan. */
export function registerFixes(plans: PlanDocuments): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    SELECTOR,
    {
      provideCodeActions: (document, _range, { diagnostics }) => {
        const ours = diagnostics.filter(({ source }) => source === 'Parallel Groups');
        const plan = ours.length === 0 ? null : plans.of(document);
        return plan === null ? [] : ours.flatMap((diagnostic) => actionsFor(plan, diagnostic));
      },
    },
    { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
  );
}

function actionsFor(plan: PlanDocument, diagnostic: vscode.Diagnostic): vscode.CodeAction[] {
  const { document } = plan;
  return fixesFor(plan, diagnostic).map(({ title, edits, preferred }) => {
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    action.diagnostics = [diagnostic];
    action.isPreferred = preferred;
    action.edit = new vscode.WorkspaceEdit();
    for (const { offset, length, text } of edits) {
      const range = rangeOf(document, { start: offset, end: offset + length });
      action.edit.replace(document.uri, range, text);
    }
    return action;
  });
}

function fixesFor(
  { document, folder, path, outlined }: PlanDocument,
  { code, range }: vscode.Diagnostic,
): readonly PlanFix[] {
  const plan = folder.workspace.plans.current();
  const file: FixableText = { text: document.getText(), path, outlined, plan };
  const span = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
  switch (typeof code === 'string' ? code : '') {
    case 'unknown-dependency':
      return unknownDependencyFixes(file, span);
    case 'duplicate-id':
      return duplicateIdFixes(file, span);
    case 'almost-marker':
      return almostMarkerFixes(file, span);
    case 'dependency-cycle': {
      const lineOf = (offset: number): number => document.positionAt(offset).line + 1;
      const cycle = plan.problems.find(
        (problem) =>
          problem.code === code &&
          problem.place.file === path &&
          touches(closerPlace(problem, { plan, text: file.text, outlined, lineOf }), span),
      );
      return cycle === undefined ? [] : cycleFixes(file, cycle);
    }
    default:
      return [];
  }
}

function touches(place: Span | null, span: Span): boolean {
  return place !== null && place.start <= span.end && span.start <= place.end;
}
