import * as vscode from 'vscode';
import type { WindowModel } from '../../host/window/window-model.ts';
import type { GroupKey } from '../../shared/ids.ts';
import type { GroupView } from '../../shared/view-models/group-views.ts';
import { APPEARANCES, groupAppearance } from '../tree/model/appearances.ts';

/** The actions of Group Status. */
export type GroupAction = 'run' | 'stop' | 'retry' | 'resume' | 'panel' | 'terminals';

interface ActionButton extends vscode.QuickInputButton {
  readonly action: GroupAction;
}
interface GroupPick extends vscode.QuickPickItem {
  readonly key: GroupKey;
  readonly buttons: readonly ActionButton[];
}
interface ActionPick extends vscode.QuickPickItem {
  readonly action: GroupAction;
}

const ACTIONS: Readonly<Record<GroupAction, { readonly icon: string; readonly title: string }>> = {
  run: { icon: 'play', title: vscode.l10n.t('Run Parallel Group') },
  stop: { icon: 'debug-stop', title: vscode.l10n.t('Stop') },
  retry: { icon: 'debug-rerun', title: vscode.l10n.t('Retry Failed') },
  resume: { icon: 'debug-continue', title: vscode.l10n.t('Resume') },
  panel: { icon: 'preview', title: vscode.l10n.t('Show Status Panel') },
  terminals: { icon: 'terminal', title: vscode.l10n.t('Show Terminal') },
};

/** The actions that apply to a group now. */
function actionsOf(group: GroupView): GroupAction[] {
  const isUncoordinated = group.run?.holder === 'nobody' && group.run.state !== 'ended';
  return [
    ...(group.canRun ? (['run'] as const) : []),
    ...(group.canStop ? (['stop'] as const) : []),
    ...(group.canRetry ? (['retry'] as const) : []),
    ...(isUncoordinated ? (['resume'] as const) : []),
    'panel',
    ...(group.tasks.some(({ attempts }) => attempts > 0) ? (['terminals'] as const) : []),
  ];
}

/** Prompts for a group, then shows its facts and actions; the buttons of a row execute an action immediately. */
export async function groupStatus(
  windowModel: WindowModel,
  act: (key: GroupKey, action: GroupAction) => void,
): Promise<void> {
  const key = await pickGroup(windowModel, act);
  const group = key === undefined ? undefined : windowModel.group(key);
  if (group === undefined) {
    return;
  }
  const picks: (ActionPick | vscode.QuickPickItem)[] = [
    ...actionsOf(group).map((action) => ({
      action,
      label: `$(${ACTIONS[action].icon}) ${ACTIONS[action].title}`,
    })),
    { label: vscode.l10n.t('Tasks'), kind: vscode.QuickPickItemKind.Separator },
    ...group.tasks.map((task) => ({
      label: `$(${plainIcon(APPEARANCES[task.appearance].icon)}) ${plain(`${task.id} ${task.title}`)}`,
      description: plain(task.detail),
      // Without a run, the reason is only that the group is not running.
      ...(task.why === null || group.run?.state !== 'running' ? {} : { detail: plain(task.why) }),
    })),
  ];
  const picked = await vscode.window.showQuickPick(picks, {
    title: vscode.l10n.t('Parallel Groups: {0}', group.title),
    placeHolder: `${group.detail}${testsOf(group)}`,
  });
  if (picked !== undefined && 'action' in picked) {
    act(group.key, picked.action);
  } else if (picked !== undefined) {
    act(group.key, 'panel');
  }
}

/** Prompts for a group; `undefined` if the user cancels or presses a button of a row. */
function pickGroup(
  windowModel: WindowModel,
  act: (key: GroupKey, action: GroupAction) => void,
): Promise<GroupKey | undefined> {
  const pick = vscode.window.createQuickPick<GroupPick>();
  pick.title = vscode.l10n.t('Parallel Groups: Group Status');
  pick.placeholder = vscode.l10n.t('Pick a group');
  pick.matchOnDescription = true;
  const draw = (): void => {
    const active = pick.activeItems[0]?.key;
    pick.items = windowModel.groups().map(groupPick);
    if (active !== undefined) {
      // Otherwise the first row stays active, so that Enter works immediately.
      pick.activeItems = pick.items.filter(({ key }) => key === active);
    }
  };
  draw();
  const subscription = windowModel.onChange(draw);
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      resolve(pick.selectedItems[0]?.key);
      pick.hide();
    });
    pick.onDidTriggerItemButton(({ item, button }) => {
      const chosen = item.buttons.find((each) => each === button);
      if (chosen !== undefined) {
        act(item.key, chosen.action);
      }
      pick.hide();
    });
    pick.onDidHide(() => {
      subscription.dispose();
      pick.dispose();
      resolve(undefined);
    });
    pick.show();
  });
}

function groupPick(group: GroupView): GroupPick {
  return {
    key: group.key,
    label: `$(${plainIcon(APPEARANCES[groupAppearance(group)].icon)}) ${plain(group.title)}`,
    description: plain(group.detail),
    detail: plain(group.source),
    buttons: actionsOf(group).map((action) => ({
      action,
      iconPath: new vscode.ThemeIcon(ACTIONS[action].icon),
      tooltip: ACTIONS[action].title,
    })),
  };
}

/** Escapes `$(name)` in task text, which VS Code would render as an icon. */
function plain(text: string): string {
  return text.replaceAll('$(', '$ (');
}

function plainIcon(icon: string): string {
  return icon === 'loading~spin' ? 'sync~spin' : icon;
}

function testsOf({ run }: GroupView): string {
  const message = run?.tests?.message;
  return message === undefined ? '' : ` · ${message}`;
}
