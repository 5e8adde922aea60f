import * as vscode from 'vscode';
import type { Session } from '../../host/window/window-model.ts';
import { SETTINGS, SETTINGS_SECTION } from '../../shared/manifest.ts';
import { pickInstalled } from './agent-picks.ts';
import { surroundings } from './surroundings.ts';

/** Has a person choose who gets the tasks that name nobody. */
export async function chooseDefaultAgent(session: Session): Promise<void> {
  const around = await surroundings(session);
  const picked = await pickInstalled(around, 'Which agent is to get the tasks that name none?');
  if (picked !== null) {
    await makeDefault(session, picked.id, picked.title);
  }
}

/** Writes it to the person's own settings, and says where a folder has it otherwise. */
export async function makeDefault(session: Session, id: string, title: string): Promise<void> {
  const section = vscode.workspace.getConfiguration(SETTINGS_SECTION);
  await section.update(SETTINGS.agent, id, vscode.ConfigurationTarget.Global);
  await session.refresh();
  const { agent } = (await surroundings(session)).config;
  if (agent === id) {
    void vscode.window.showInformationMessage(`${title} gets the tasks that name no agent.`);
    return;
  }
  const message = `${title} is your default now, but this workspace has a setting of its own: ${SETTINGS_SECTION}.${SETTINGS.agent} is ${agent}.`;
  void vscode.window.showWarningMessage(message);
}
