import * as vscode from 'vscode';
import type { Disposable } from '../../shared/disposable.ts';
import { CONTEXT_KEYS } from '../../shared/manifest.ts';
import type { WindowModel } from './window-model.ts';

/** Keeps the context keys for the `when` clauses of menus, Command Palette and welcome content up to date. */
export function showWelcome(model: WindowModel): Disposable {
  const current = new Map<string, unknown>();
  const set = (key: string, value: unknown): void => {
    if (current.get(key) !== value) {
      current.set(key, value);
      void vscode.commands.executeCommand('setContext', key, value);
    }
  };
  const update = (): void => {
    const groups = model.groups();
    set(CONTEXT_KEYS.state, model.state);
    set(CONTEXT_KEYS.hasGroups, groups.length > 0);
    set(
      CONTEXT_KEYS.canRun,
      groups.some(({ canRun }) => canRun),
    );
    set(
      CONTEXT_KEYS.running,
      groups.some(({ canStop }) => canStop),
    );
    set(
      CONTEXT_KEYS.canRetry,
      groups.some(({ canRetry }) => canRetry),
    );
  };
  update();
  return model.onChange(update);
}
