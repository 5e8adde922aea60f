import * as vscode from 'vscode';
import { STATUS_WORDS } from './model/filter.ts';
import type { TreeOptions } from './tree-options.ts';

/** Prompts for a filter. The tree updates with every keystroke; cancelling restores the previous filter. */
export function askForFilter(options: TreeOptions): void {
  const before = options.filterText;
  const box = vscode.window.createInputBox();
  const words = Object.keys(STATUS_WORDS).map((word) => `@${word}`);
  box.title = vscode.l10n.t('Filter Tasks');
  box.value = before;
  box.placeholder = vscode.l10n.t('Part of an id, title, group, subagent or file');
  box.prompt = vscode.l10n.t('Statuses: {0}. An empty filter shows everything.', words.join(' '));
  let accepted = false;
  box.onDidChangeValue((text) => {
    options.filterBy(text);
  });
  box.onDidAccept(() => {
    accepted = true;
    box.hide();
  });
  box.onDidHide(() => {
    if (!accepted) {
      options.filterBy(before);
    }
    box.dispose();
  });
  box.show();
}
