import * as vscode from 'vscode';
import { reasonOf } from '../../coordinator/projections/given-up.ts';
import type { CommandHandlers, CommandTarget } from '../../host/actions/commands.ts';
import type { GivenUp } from '../../host/actions/given-up.ts';
import type { TaskKey } from '../../shared/ids.ts';
import type { GivenUpView } from './given-up-view.ts';

/** What the commands of the view act on. */
export interface GivenUpPart {
  readonly letters: GivenUp;
  readonly view: GivenUpView;
}

type GivenUpCommand = 'retryGivenUp' | 'retryAllGivenUp' | 'dismissGivenUp';

/** The handlers of the commands on what was given up. */
export function givenUpCommands({
  letters,
  view,
}: GivenUpPart): Pick<CommandHandlers, GivenUpCommand> {
  const chosen = async ({ tasks }: CommandTarget, placeHolder: string) => {
    const rows = tasks.length > 0 ? tasks : view.selected();
    return rows.length > 0 ? rows : pick(letters, placeHolder);
  };
  return {
    retryGivenUp: async (target) =>
      letters.retry(await chosen(target, vscode.l10n.t('Retry which task?'))),
    retryAllGivenUp: () => letters.retry(letters.deadLetters().map(({ task }) => task)),
    dismissGivenUp: async (target) =>
      letters.dismiss(await chosen(target, vscode.l10n.t('Dismiss which task?'))),
  };
}

async function pick(givenUp: GivenUp, placeHolder: string): Promise<readonly TaskKey[]> {
  const picks = givenUp.deadLetters().map(({ letter, task }) => ({
    task,
    label: `${letter.task.id} ${letter.task.title}`,
    description: letter.groupId,
    detail: reasonOf(letter),
  }));
  const picked = await vscode.window.showQuickPick(picks, { placeHolder });
  return picked === undefined ? [] : [picked.task];
}
