import * as vscode from 'vscode';
import { asSourceId } from '../../../shared/ids.ts';
import {
  type PlanDocument,
  type PlanDocuments,
  rangeOf,
  SELECTOR,
} from '../plan/plan-documents.ts';
import {
  type CompletionContext,
  completionContext,
  jsonCompletionContext,
} from './completion-context.ts';
import { type Choices, dependencyChoices, groupChoices } from './completion-words.ts';

/**
 * `[P:` and `Group-` begin a group, a space or a comma continues a list of dependencies, a quotation mark begins one in
 * JSON. Everywhere else the provider reads one line and returns nothing, so the triggers do not delay typing.
 */
const TRIGGERS = [':', '-', ' ', ',', '"'] as const;

/** Completes the names of groups in markers, and the ids of tasks in dependencies. */
export function registerCompletion(plans: PlanDocuments): vscode.Disposable {
  return vscode.languages.registerCompletionItemProvider(
    SELECTOR,
    {
      provideCompletionItems: (document, position) => {
        if (plans.locate(document) === null) {
          return undefined;
        }
        const isJson = document.languageId.startsWith('json');
        const contextAt = isJson ? jsonCompletionContext : completionContext;
        const context = contextAt(document.getText(), document.offsetAt(position));
        const plan = context === null ? null : plans.of(document);
        return context === null || plan === null ? undefined : listOf(plan, context);
      },
    },
    ...TRIGGERS,
  );
}

function listOf(plan: PlanDocument, context: CompletionContext): vscode.CompletionList {
  const { document } = plan;
  const range = rangeOf(document, context.replace);
  const { items, complete } = choicesFor(plan, context);
  const isGroup = context.kind === 'group';
  const made = items.map(({ text, label, detail }, index) => {
    const kind = isGroup ? vscode.CompletionItemKind.Module : vscode.CompletionItemKind.Reference;
    const item = new vscode.CompletionItem({ label, description: detail }, kind);
    item.insertText = text;
    item.filterText = text;
    item.range = range;
    item.sortText = String(index).padStart(6, '0');
    return item;
  });
  return new vscode.CompletionList(made, !complete);
}

function choicesFor(
  { document, folder, path, outlined }: PlanDocument,
  { kind, replace, typed }: CompletionContext,
): Choices {
  const from = outlined.taskAt(replace.start);
  const source = from?.source ?? asSourceId(path);
  const plan = folder.workspace.plans.current();
  const choices =
    kind === 'group'
      ? groupChoices(plan, outlined, from, source)
      : dependencyChoices(plan, outlined, from, source, typed);
  if (!document.languageId.startsWith('json')) {
    return choices;
  }
  const items = choices.items.map((each) => ({
    ...each,
    text: JSON.stringify(each.text).slice(1, -1),
  }));
  return { ...choices, items };
}
