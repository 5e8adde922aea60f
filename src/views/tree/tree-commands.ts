import * as vscode from 'vscode';
import type { CommandHandlers, CommandTarget } from '../../host/actions/commands.ts';
import type { RunActions } from '../../host/actions/run-actions.ts';
import { pickGroup } from '../../host/dialogs/pick-group.ts';
import type { WindowModel } from '../../host/window/window-model.ts';
import type { GroupKey, TaskKey } from '../../shared/ids.ts';
import { toggle } from './checkboxes.ts';
import { askForFilter } from './filter-box.ts';
import type { GroupsPart } from './groups-part.ts';
import type { LayoutMode } from './model/layout.ts';

/** The dependencies of the tree's own commands. */
export interface TreeCommandDeps {
  readonly windowModel: WindowModel;
  readonly actions: RunActions;
  readonly groups: Pick<GroupsPart, 'tree' | 'view' | 'options'>;
  /** The group and the tasks that a command applies to: those of its target, or the selected ones. */
  readonly groupOf: (target: CommandTarget) => GroupKey | null;
  readonly tasksOf: (target: CommandTarget) => readonly TaskKey[];
}

type TreeCommand =
  | `viewBy${'Group' | 'Source' | 'Subagent'}${'' | 'Checked'}`
  | `toggleWaves${'' | 'Checked'}`
  | 'filter'
  | 'clearFilter'
  | 'chooseTasks'
  | 'endChoosing'
  | 'runChosen'
  | 'toggleChosen'
  | 'closeTask';

/** The handlers of the commands that only the tree has. A checked menu entry does the same as its unchecked twin. */
export function treeCommands(deps: TreeCommandDeps): Pick<CommandHandlers, TreeCommand> {
  const { groupOf } = deps;
  const { options, tree } = deps.groups;
  const viewBy = (mode: LayoutMode) => () => {
    options.viewBy(mode);
  };
  const toggleWaves = (): void => {
    options.toggleWaves();
  };
  return {
    viewByGroup: viewBy('group'),
    viewByGroupChecked: viewBy('group'),
    viewBySource: viewBy('source'),
    viewBySourceChecked: viewBy('source'),
    viewBySubagent: viewBy('subagent'),
    viewBySubagentChecked: viewBy('subagent'),
    toggleWaves,
    toggleWavesChecked: toggleWaves,
    filter: () => {
      askForFilter(options);
    },
    clearFilter: () => {
      options.filterBy('');
    },
    chooseTasks: (target) => chooseTasks(deps, groupOf(target)),
    endChoosing: (target) => {
      const key = groupOf(target);
      tree.endSelection(key === null ? tree.selection.groups() : [key]);
    },
    runChosen: (target) => runChosen(deps, groupOf(target)),
    toggleChosen: ({ group, task }) => {
      if (group !== null) {
        toggle(tree, group, task);
      }
    },
    closeTask: (target) => closeTask(deps, target),
  };
}

async function chooseTasks(
  { windowModel, groups: { tree, view } }: TreeCommandDeps,
  asked: GroupKey | null,
): Promise<void> {
  const key =
    asked ??
    (await pickGroup(
      windowModel.groups().filter(({ canRun }) => canRun),
      vscode.l10n.t('Select the group whose tasks you want to run'),
    ));
  const group = key === null ? undefined : windowModel.group(key);
  if (group === undefined) {
    return;
  }
  if (!group.canRun) {
    const why = group.canStop ? 'is running' : 'has no task that could be run';
    void vscode.window.showInformationMessage(vscode.l10n.t('{0} {1}.', group.title, why));
    return;
  }
  tree.selection.begin(group.key);
  tree.drawGroup(group.key);
  const node = tree.nodeOf(group.key);
  if (tree.shows(node)) {
    await view.reveal(node, { expand: true, focus: true });
  }
}

async function runChosen(
  { windowModel, actions, groups: { tree } }: TreeCommandDeps,
  key: GroupKey | null,
): Promise<void> {
  const group = key === null ? undefined : windowModel.group(key);
  const chosen = group === undefined ? null : tree.selection.chosen(group);
  if (group === undefined || chosen === null) {
    return;
  }
  if (chosen.size === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('No task of {0} is chosen.', group.title),
    );
    return;
  }
  const local = [...chosen].map((task) => windowModel.localTask(task));
  await actions.run(group.key, false, new Set(local));
}

async function closeTask(
  { windowModel, tasksOf }: TreeCommandDeps,
  target: CommandTarget,
): Promise<void> {
  const problems = new Set<string>();
  for (const key of tasksOf(target)) {
    const closed = await windowModel
      .folderOf(key)
      ?.workspace.closeInPlan(windowModel.localTask(key));
    if (closed?.ok === false) {
      problems.add(closed.failure);
    }
  }
  if (problems.size > 0) {
    void vscode.window.showWarningMessage([...problems].join(' '));
  }
}
