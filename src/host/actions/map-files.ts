import { relative, sep } from 'node:path';
import * as vscode from 'vscode';
import { AGENTS } from '../../agents/registry.ts';
import type { Config } from '../../coordinator/schema/config.ts';
import { listUnits } from '../../engine/prepare/map/list-units.ts';
import { isBuiltInAgent } from '../../shared/agent-ids.ts';
import { VIEWS } from '../../shared/manifest.ts';
import { plural } from '../../shared/words/durations.ts';
import type { Folder } from '../window/folder.ts';
import type { WindowModel } from '../window/window-model.ts';
import { report, requireTrust, withProgress } from './run-actions.ts';

const TITLE = vscode.l10n.t('Run Agent on Each File');

/** A directory in one of the window's folders. */
interface Place {
  readonly folder: Folder;
  /** Relative to the window's folder, with `/`; empty for that folder itself. */
  readonly path: string;
}

/** Asks which agent to apply to which files and how, then starts the map. Asks for the folder if `uri` is `null`. */
export async function runAgentOnFiles(model: WindowModel, uri: vscode.Uri | null): Promise<void> {
  if (!(await requireTrust())) {
    return;
  }
  // A click in the Explorer may have activated the extension just now.
  await model.open();
  const place = uri === null ? await pickPlace(model) : placeOf(model, uri);
  const agent = place === undefined ? undefined : await pickAgent(place.folder.workspace.config);
  const units = place === undefined || agent === undefined ? undefined : await askUnits(place);
  if (place === undefined || agent === undefined || units === undefined) {
    return;
  }
  const { workspace } = place.folder;
  const { maxConcurrent } = workspace.config;
  const instruction = await vscode.window.showInputBox({
    title: `${TITLE} (3/3)`,
    prompt: vscode.l10n.t(
      'What {0} is to do with each of the {1}; empty: what it does anyway. At most {2} run at the same time.',
      agent,
      plural(units.length, 'file'),
      maxConcurrent,
    ),
    placeHolder: vscode.l10n.t('Summarise this file in one sentence'),
    ignoreFocusOut: true,
  });
  if (instruction === undefined) {
    return;
  }
  await withProgress(
    vscode.l10n.t('Preparing {0} on {1}', agent, plural(units.length, 'file')),
    async () => {
      const wanted = instruction.trim() === '' ? null : instruction;
      const plan = await workspace.starter.prepareMap({
        agent,
        units,
        instruction: wanted,
        of: 'file',
      });
      const run = plan.ok ? await workspace.starter.start(plan.value) : plan;
      report(run);
      if (run.ok) {
        await vscode.commands.executeCommand(`${VIEWS.groups}.focus`);
      }
    },
  );
}

function placeOf(model: WindowModel, uri: vscode.Uri): Place | undefined {
  const places = model.folders().flatMap((folder): Place[] => {
    const path = relative(folder.uri.fsPath, uri.fsPath).replaceAll(sep, '/');
    return path === '..' || path.startsWith('../') ? [] : [{ folder, path }];
  });
  // The innermost, if folders of the window are nested.
  return places.sort((a, b) => a.path.length - b.path.length)[0];
}

async function pickPlace(model: WindowModel): Promise<Place | undefined> {
  const [first, ...others] = model.folders();
  if (first === undefined || others.length === 0) {
    return first === undefined ? undefined : { folder: first, path: '' };
  }
  const picks = model.folders().map((folder) => ({ label: folder.prefix, folder }));
  const placeHolder = vscode.l10n.t('In which folder?');
  const picked = await vscode.window.showQuickPick(picks, { title: TITLE, placeHolder });
  return picked === undefined ? undefined : { folder: picked.folder, path: '' };
}

async function pickAgent({ agents, subagents }: Config): Promise<string | undefined> {
  const custom = Object.entries(agents).map(([label, { command }]) => ({
    label,
    description: 'agent',
    detail: command.join(' '),
  }));
  const roles = Object.entries(subagents)
    .filter(([name]) => !isBuiltInAgent(name) && !Object.hasOwn(agents, name))
    .map(([label, { instructions = '' }]) => ({
      label,
      description: 'subagent',
      detail: instructions.split('\n')[0] ?? '',
    }));
  const builtIn = Object.values(AGENTS)
    .filter(({ id }) => !Object.hasOwn(agents, id))
    .map(({ id, title }) => ({ label: id, description: 'agent', detail: title }));
  const picked = await vscode.window.showQuickPick([...custom, ...roles, ...builtIn], {
    title: `${TITLE} (1/3)`,
    placeHolder: vscode.l10n.t('Which agent?'),
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  return picked?.label;
}

/**
 * Asks for a glob and returns the files that it matches; `undefined` if the user cancels. Shows their count from the
 * start and while the user types. Does not accept a glob without matches.
 */
async function askUnits({ folder, path }: Place): Promise<readonly string[] | undefined> {
  const where = path === '' ? 'this folder' : path;
  const box = vscode.window.createInputBox();
  box.title = `${TITLE} (2/3)`;
  box.prompt = vscode.l10n.t('Which files of {0}? What git ignores is left out.', where);
  box.value = '**/*';
  box.ignoreFocusOut = true;
  const refresh = async (): Promise<readonly string[]> => {
    const typed = box.value;
    const units = await listUnits(folder.workspace.root, typed, path);
    if (typed === box.value) {
      box.validationMessage = countOf(units.length, where);
    }
    return units;
  };
  box.onDidChangeValue(() => void refresh());
  const chosen = new Promise<readonly string[] | undefined>((resolve) => {
    box.onDidAccept(async () => {
      const units = await refresh();
      if (units.length > 0) {
        resolve(units);
        box.hide();
      }
    });
    box.onDidHide(() => {
      resolve(undefined);
      box.dispose();
    });
  });
  box.show();
  void refresh();
  return chosen;
}

function countOf(count: number, where: string): vscode.InputBox['validationMessage'] {
  return count === 0
    ? vscode.l10n.t('No file of {0} matches.', where)
    : {
        message: `${plural(count, 'file')} of ${where}`,
        severity: vscode.InputBoxValidationSeverity.Info,
      };
}
