import * as vscode from 'vscode';
import type { WindowModel } from '../../host/window/window-model.ts';
import { SETTINGS, SETTINGS_SECTION } from '../../shared/manifest.ts';
import { pickInstalled } from './agent-picks.ts';
import { setupContext } from './setup-context.ts';

/** Prompts for the agent of the tasks that name none. */
export async function chooseDefaultAgent(windowModel: WindowModel): Promise<void> {
  const context = await setupContext(windowModel);
  const picked = await pickInstalled(
    context,
    vscode.l10n.t('Which agent is to get the tasks that name none?'),
  );
  if (picked !== null) {
    await makeDefault(windowModel, picked.id, picked.title);
  }
}

/** Writes the default agent to the user settings; shows a warning if a setting of the workspace overrides it. */
export async function makeDefault(
  windowModel: WindowModel,
  id: string,
  title: string,
): Promise<void> {
  const section = vscode.workspace.getConfiguration(SETTINGS_SECTION);
  await section.update(SETTINGS.agent, id, vscode.ConfigurationTarget.Global);
  await windowModel.refresh();
  const { agent } = (await setupContext(windowModel)).config;
  if (agent === id) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('{0} gets the tasks that name no agent.', title),
    );
    return;
  }
  const message = vscode.l10n.t(
    '{0} is your default now, but this workspace has a setting of its own: {1}.{2} is {3}.',
    title,
    SETTINGS_SECTION,
    SETTINGS.agent,
    agent,
  );
  void vscode.window.showWarningMessage(message);
}
