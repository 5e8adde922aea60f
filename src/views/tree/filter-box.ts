import * as vscode from 'vscode';
import { STATUS_WORDS } from './model/filter.ts';
import type { TreeOptions } from './tree-options.ts';

/** Asks for a filter; the tree follows every letter, and is as before where a person thinks better of it. */
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
