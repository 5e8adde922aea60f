import * as vscode from 'vscode';
import type { FoundAgent } from '../../engine/self-test/find-agents.ts';
import type { WindowModel } from '../../host/window/window-model.ts';
import { COMMANDS } from '../../shared/manifest.ts';
import { detectAgents, pickOf } from './agent-picks.ts';
import { makeDefault } from './choose-default-agent.ts';
import { setupContext } from './setup-context.ts';

const LOOK_AGAIN = vscode.l10n.t('Look Again');
const TEST = vscode.l10n.t('Test…');
const MAKE_DEFAULT = vscode.l10n.t('Make Default');

/** Shows every known agent, installed or not, and the next steps for the one that the user selects. */
export async function showAgents(windowModel: WindowModel): Promise<void> {
  const context = await setupContext(windowModel);
  const picks = (await detectAgents(context)).map((agent) => pickOf(agent, context));
  const placeHolder = vscode.l10n.t(
    'Choose one that is missing to copy the command that installs it',
  );
  const picked = await vscode.window.showQuickPick(picks, { placeHolder, matchOnDetail: true });
  if (picked !== undefined) {
    await (picked.agent.path === null
      ? helpToInstall(picked.agent)
      : helpToUse(windowModel, picked.agent));
  }
}

async function helpToInstall({ title, facts }: FoundAgent): Promise<void> {
  if (facts === null) {
    const message = vscode.l10n.t(
      'The program of {0} was not found. Correct its command where it is defined.',
      title,
    );
    void vscode.window.showWarningMessage(message);
    return;
  }
  await vscode.env.clipboard.writeText(facts.install);
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      'Copied: {0} — paste it into a terminal. Then sign in: {1}',
      facts.install,
      facts.signIn,
    ),
    LOOK_AGAIN,
  );
  if (answer === LOOK_AGAIN) {
    await vscode.commands.executeCommand(COMMANDS.findAgents);
  }
}

async function helpToUse(
  windowModel: WindowModel,
  { id, title, facts }: FoundAgent,
): Promise<void> {
  const signIn =
    facts?.seen === null
      ? vscode.l10n.t(' No sign-in was seen where it usually is. {0}', facts.signIn)
      : '';
  const answer = await vscode.window.showInformationMessage(
    `${title} is installed.${signIn}`,
    TEST,
    MAKE_DEFAULT,
  );
  if (answer === TEST) {
    const { folder } = await setupContext(windowModel);
    const target = { kind: 'agent', name: id, folder: folder?.prefix ?? '' };
    await vscode.commands.executeCommand(COMMANDS.testAgent, target);
  } else if (answer === MAKE_DEFAULT) {
    await makeDefault(windowModel, id, title);
  }
}
