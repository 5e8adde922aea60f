import * as vscode from 'vscode';
import { reasonOf } from '../../coordinator/projections/given-up.ts';
import type { CommandHandlers, CommandTarget } from '../../host/actions/commands.ts';
import type { GivenUp } from '../../host/actions/given-up.ts';
import type { TaskKey } from '../../shared/ids.ts';
import type { GivenUpView } from './given-up-view.ts';

/** The dependencies of the commands on given-up tasks. */
export interface GivenUpPart {
  readonly givenUp: GivenUp;
  readonly view: GivenUpView;
}

type GivenUpCommand = 'retryGivenUp' | 'retryAllGivenUp' | 'dismissGivenUp';

/** The handlers of the commands on given-up tasks. */
export function givenUpCommands({
  givenUp,
  view,
}: GivenUpPart): Pick<CommandHandlers, GivenUpCommand> {
  const chosen = async ({ tasks }: CommandTarget, placeHolder: string) => {
    const rows = tasks.length > 0 ? tasks : view.selected();
    return rows.length > 0 ? rows : pick(givenUp, placeHolder);
  };
  return {
    retryGivenUp: async (target) =>
      givenUp.retry(await chosen(target, vscode.l10n.t('Retry which task?'))),
    retryAllGivenUp: () => givenUp.retry(givenUp.deadLetters().map(({ task }) => task)),
    dismissGivenUp: async (target) =>
      givenUp.dismiss(await chosen(target, vscode.l10n.t('Dismiss which task?'))),
  };
}

async function pick(givenUp: GivenUp, placeHolder: string): Promise<readonly TaskKey[]> {
  const picks = givenUp.deadLetters().map(({ deadLetter: deadLetter, task }) => ({
    task,
    label: `${deadLetter.task.id} ${deadLetter.task.title}`,
    description: deadLetter.groupId,
    detail: reasonOf(deadLetter),
  }));
  const picked = await vscode.window.showQuickPick(picks, { placeHolder });
  return picked === undefined ? [] : [picked.task];
}
