import * as vscode from 'vscode';
import type { Disposable } from '../../shared/disposable.ts';
import { CONTEXT_KEYS } from '../../shared/manifest.ts';
import type { WindowModel } from './window-model.ts';

/** Keeps the `when` clauses of menus, palette and welcome content true. */
export function showWelcome(session: WindowModel): Disposable {
  const known = new Map<string, unknown>();
  const set = (key: string, value: unknown): void => {
    if (known.get(key) !== value) {
      known.set(key, value);
      void vscode.commands.executeCommand('setContext', key, value);
    }
  };
  const update = (): void => {
    const groups = session.groups();
    set(CONTEXT_KEYS.state, session.state);
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
  return session.onChange(update);
}
