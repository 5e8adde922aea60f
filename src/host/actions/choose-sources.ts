import * as vscode from 'vscode';
import type { WantedSources } from '../plans/wanted-sources.ts';
import type { WindowModel } from '../window/window-model.ts';

/** Lets the user choose which on-demand sources the views show. */
export async function chooseSources(model: WindowModel, wanted: WantedSources): Promise<void> {
  const picks = model.folders().flatMap((folder) => {
    const shown = wanted.of(folder.uri);
    const known = [...new Set([...shown, ...folder.plans.current().onDemand])].sort();
    return known.map((source) => ({
      label: source.split('@').at(-1) ?? source,
      description: folder.prefix + source,
      picked: shown.includes(source),
      folder,
      source,
    }));
  });
  if (picks.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Every plan is shown. Other tags of a Task Master file would be listed here.'),
    );
    return;
  }
  const placeHolder = vscode.l10n.t('Which other plans are to be shown?');
  const chosen = await vscode.window.showQuickPick(picks, { canPickMany: true, placeHolder });
  if (chosen === undefined) {
    return;
  }
  for (const folder of model.folders()) {
    const sources = chosen.filter((pick) => pick.folder === folder).map(({ source }) => source);
    await wanted.set(folder.uri, sources);
    folder.plans.want(sources);
  }
}
