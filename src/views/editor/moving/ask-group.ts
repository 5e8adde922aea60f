import * as vscode from 'vscode';
import { groupIdFault } from '../../../coordinator/plan/markers/group-marker.ts';
import { groupKey, SEQUENTIAL } from '../../../shared/ids.ts';
import { plural } from '../../../shared/words/durations.ts';
import type { PlanTask } from './plan-tasks.ts';

/** Prompts for the group to move tasks to, or for a new group if there is none yet; `undefined` = cancelled. */
export async function askGroup(tasks: readonly PlanTask[]): Promise<string | undefined> {
  const known = knownGroups(tasks);
  if (known.length === 0) {
    return askNewGroup(tasks);
  }
  const create = { label: vscode.l10n.t('$(add) New group…'), alwaysShow: true };
  const separator = { label: '', kind: vscode.QuickPickItemKind.Separator };
  const picked = await vscode.window.showQuickPick<vscode.QuickPickItem>(
    [...known, separator, create],
    { title: titleFor(tasks), placeHolder: vscode.l10n.t('Into which group?') },
  );
  return picked === create ? askNewGroup(tasks) : picked?.label;
}

/** Prompts for the name of a new group and validates it while the user types; `undefined` = cancelled. */
export async function askNewGroup(tasks: readonly PlanTask[]): Promise<string | undefined> {
  const taken = new Set(knownGroups(tasks).map(({ label }) => label.toLowerCase()));
  const named = await vscode.window.showInputBox({
    title: titleFor(tasks),
    prompt: vscode.l10n.t('The name of the new group'),
    placeHolder: 'data-models',
    validateInput: (text) => {
      const fault = text === '' ? null : groupIdFault(text.trim());
      const message = vscode.l10n.t(
        'There is a group “{0}” already; the tasks will join it.',
        text.trim(),
      );
      return taken.has(text.trim().toLowerCase())
        ? { message, severity: vscode.InputBoxValidationSeverity.Info }
        : fault;
    },
  });
  const id = named?.trim();
  return id === '' ? undefined : id;
}

function titleFor([first, ...others]: readonly PlanTask[]): string {
  return first === undefined || others.length > 0
    ? vscode.l10n.t('Move {0}', plural(others.length + 1, 'task'))
    : vscode.l10n.t('Move {0}', first.id);
}

/** The groups of the tasks' own sources, in the order of the plan. */
function knownGroups(tasks: readonly PlanTask[]): readonly vscode.QuickPickItem[] {
  const folders = new Set(tasks.map(({ folder }) => folder));
  const sources = new Set(tasks.map(({ source }) => source));
  const seen = new Set<string>();
  return [...folders]
    .flatMap((folder) => folder.plans.current().groups)
    .filter(({ source, id }) => sources.has(source) && id !== SEQUENTIAL)
    .filter(({ source, id }) => !seen.has(groupKey(source, id)) && seen.add(groupKey(source, id)))
    .map(({ id, tasks: members }) => ({ label: id, description: plural(members.length, 'task') }));
}
