import * as vscode from 'vscode';
import type { Questions } from '../../coordinator/messages/topics.ts';
import { COMMANDS } from '../../shared/manifest.ts';
import { plural } from '../../shared/words/durations.ts';
import { visible } from '../../shared/words/visible.ts';
import type { AskModal } from './approval-dialog.ts';
import { ANSWERS_AS } from './task-approval.ts';

type Exchange = Questions['judgement.ask'];

const PROVEN = vscode.l10n.t('Proven');
const NOT_PROVEN = vscode.l10n.t('Not Proven');
const SHOW = vscode.l10n.t('Show Changes');

/**
 * Asks in a notification whether a task is proven; `null` if the user closes it, who can still answer in the tree.
 * `showChanges`: shows the task's changes before it asks again.
 */
export async function askForJudgement(
  ask: AskModal,
  { groupId, id, title, facts, files }: Exchange['ask'],
  showChanges: () => Promise<void>,
): Promise<Exchange['answer']> {
  const changed =
    files.length === 0 ? 'no file changed' : `${plural(files.length, 'file')} changed`;
  const against = facts.filter((fact) => fact.startsWith('✗')).map((fact) => ` ${fact}`);
  const message = visible(`${groupId}: is ${id} ${title} proven? ${changed}.${against.join('')}`);
  for (;;) {
    const answer = await ask(message, '', [PROVEN, NOT_PROVEN, SHOW], 'notification');
    if (answer !== SHOW) {
      return answer === undefined ? null : { proven: answer === PROVEN, by: ANSWERS_AS };
    }
    await showChanges();
  }
}

/** Shows the changes of a task. `task`: its key in views. */
export async function showChangesOf(task: string): Promise<void> {
  await vscode.commands.executeCommand(COMMANDS.showChanges, { task });
}
