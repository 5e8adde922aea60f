import * as vscode from 'vscode';
import type { WindowModel } from '../../../src/host/window/window-model.ts';
import { eventually } from '../vscode/verbs/eventually.ts';
import { inWorkspace, writePlan } from './workspace.ts';

/** Writes a plan, waits until it is read, and opens it in an editor. */
export async function openPlan(
  windowModel: WindowModel,
  name: string,
  text: string,
): Promise<vscode.TextEditor> {
  await writePlan(name, text);
  await windowModel.refresh();
  const document = await vscode.workspace.openTextDocument(inWorkspace(name));
  const editor = await vscode.window.showTextDocument(document);
  // A document that VS Code still knows has the text of the previous test until it is reverted.
  await eventually('the new text', () => Promise.resolve(document.getText() === text));
  return editor;
}

/** Returns the position in front of the first `words` of a document; `by` characters further on. */
export function at(document: vscode.TextDocument, words: string, by = 0): vscode.Position {
  const offset = document.getText().indexOf(words);
  if (offset === -1) {
    throw new Error(`${document.fileName} does not say "${words}".`);
  }
  return document.positionAt(offset + by);
}

/** Returns the lenses of a document as `line: words → command`, lines counted from 1. */
export async function lenses(document: vscode.TextDocument): Promise<readonly string[]> {
  const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    document.uri,
    1000,
  );
  return found
    .sort((a, b) => a.range.start.line - b.range.start.line)
    .map(({ range, command }) => {
      const click = command?.command === '' ? '' : ` → ${command?.command}`;
      return `${range.start.line + 1}: ${command?.title.replace('\u00A0', ' ')}${click}`;
    });
}

/** Returns the hovers at a place, one line each. */
export async function hovers(
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<readonly vscode.MarkdownString[]> {
  const found = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    position,
  );
  return found
    .flatMap(({ contents }) => contents)
    .filter((content) => content instanceof vscode.MarkdownString);
}

/** Returns our completion items at a place, in order, as `label: detail`. */
export async function completions(
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<readonly vscode.CompletionItem[]> {
  const found = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    position,
  );
  return found.items
    .filter(({ label }) => typeof label !== 'string')
    .sort((a, b) => String(a.sortText).localeCompare(String(b.sortText)));
}

/** Returns our problems of a document as `code: underlined words`, after there are `count`. */
export async function problems(
  document: vscode.TextDocument,
  count: number,
): Promise<readonly string[]> {
  const ours = (): vscode.Diagnostic[] =>
    vscode.languages
      .getDiagnostics(document.uri)
      .filter(({ source }) => source === 'Parallel Groups');
  await eventually(`${count} problems`, () => Promise.resolve(ours().length === count)).catch(
    () => undefined,
  );
  return ours()
    .sort((a, b) => a.range.start.compareTo(b.range.start))
    .map(
      ({ code, range }) => `${typeof code === 'string' ? code : '?'}: ${document.getText(range)}`,
    );
}

/** Returns the titles of the quick fixes at a place. */
export async function fixes(
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<readonly vscode.CodeAction[]> {
  return vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    new vscode.Range(position, position),
    vscode.CodeActionKind.QuickFix.value,
  );
}
