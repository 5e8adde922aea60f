import * as vscode from 'vscode';
import { chooseSources } from '../../host/actions/choose-sources.ts';
import type { CommandHandlers, CommandTarget } from '../../host/actions/commands.ts';
import type { RunActions } from '../../host/actions/run-actions.ts';
import type { WantedSources } from '../../host/plans/wanted-sources.ts';
import type { WindowModel } from '../../host/window/window-model.ts';
import type { GroupKey, TaskKey } from '../../shared/ids.ts';
import { COMMANDS, SETTINGS, SETTINGS_SECTION } from '../../shared/manifest.ts';
import { agentCommands } from '../agents/agent-commands.ts';
import type { GroupCommand } from '../editor/moving/group-commands.ts';
import { givenUpCommands, type GivenUpPart } from '../given-up/given-up-commands.ts';
import { type AttemptTerminals, openOutput, openTask, showTerminal } from '../open/open-task.ts';
import type { PanelAction, StatusPanel } from '../panel/status-panel.ts';
import type { PromptDocuments } from '../preview/prompt-documents.ts';
import { setupCommands } from '../setup/setup-commands.ts';
import { type GroupAction, groupStatus } from '../status/group-status.ts';
import { steeringCommands } from '../steering/steering-commands.ts';
import type { GroupsPart } from '../tree/groups-part.ts';
import { groupOf } from '../tree/model/nodes.ts';
import { treeCommands } from '../tree/tree-commands.ts';
import { waitingCommands } from '../tree/waiting-commands.ts';

/** The dependencies of the command handlers. */
export interface CommandDeps {
  readonly windowModel: WindowModel;
  readonly actions: RunActions;
  readonly terminals: AttemptTerminals;
  readonly groups: GroupsPart;
  readonly panel: StatusPanel;
  readonly givenUp: GivenUpPart;
  readonly log: vscode.LogOutputChannel;
  readonly wanted: WantedSources;
  readonly prompts: PromptDocuments;
  /** Program and arguments of the runner. */
  readonly runner: readonly string[];
}

/** The handlers of all commands and of the status panel's requests. */
export function commandHandlers(deps: CommandDeps): {
  readonly commands: CommandHandlers;
  readonly panel: (request: PanelAction) => void;
} {
  const { windowModel, actions, panel, log } = deps;
  const group = (target: CommandTarget): GroupKey | null => target.group ?? selectedGroup(deps);
  const onTask = async (
    target: CommandTarget,
    act: (key: TaskKey) => Promise<void>,
  ): Promise<void> => {
    const key = target.task ?? selectedTask(deps) ?? (await pickTask(windowModel, target.group));
    if (key !== null) {
      await act(key);
    }
  };
  const changeGroupBy = (command: GroupCommand) => async (target: CommandTarget) => {
    // Loaded on first use, with the parsers.
    const { changeGroup } = await import('../editor/moving/group-commands.ts');
    const { tasks: keys, to } = target;
    await changeGroup(windowModel, command, { keys, selected: selectedTasks(deps), to });
  };
  const commands: CommandHandlers = {
    runGroup: (target) => actions.run(group(target), false),
    runPlan: async (target) => {
      // Loaded on first use: it parses the text of a plan.
      const { runPlan } = await import('../editor/run-plan.ts');
      await runPlan(windowModel, actions, target);
    },
    runAll: () => actions.runAll(),
    runWorkflow: async () => {
      // Loaded on first use: it reads plans and their subagents.
      const { runWorkflow } = await import('../../host/actions/workflow-actions.ts');
      await runWorkflow(windowModel);
    },
    runAgentOnFiles: async ({ uri }) => {
      // Loaded on first use: it searches files.
      const { runAgentOnFiles } = await import('../../host/actions/map-files.ts');
      await runAgentOnFiles(windowModel, uri);
    },
    stopGroup: (target) => actions.stop(group(target)),
    stopAll: () => actions.stopAll(),
    retryFailed: (target) => actions.run(group(target), true),
    resumeGroup: (target) => actions.resume(group(target)),
    openTask: (target) => onTask(target, (key) => openTask(windowModel, key)),
    showTerminal: (target) =>
      onTask(target, (key) => showTerminal(windowModel, deps.terminals, key)),
    showOutput: (target) => onTask(target, (key) => openOutput(windowModel, key)),
    previewPrompt: async ({ task, group: within }) => {
      // Loaded on first use: it parses the text of a plan.
      const { taskAtCursor } = await import('../preview/task-at-cursor.ts');
      const key = task ?? taskAtCursor(windowModel) ?? (await pickTask(windowModel, within));
      if (key !== null) {
        await deps.prompts.show(key);
      }
    },
    // Loaded on first use.
    openArtifacts: (target) => onTask(target, (key) => openTaskArtifacts(windowModel, key)),
    openReport: (target) => openGroupReport(windowModel, group(target)),
    addFixTasks: (target) => addProposedTasks(windowModel, group(target)),
    refresh: () => windowModel.refresh(),
    showStatusPanel: (target) => {
      panel.show(group(target));
    },
    groupStatus: () =>
      groupStatus(windowModel, (key, action) => void actOnGroup(deps, key, action)),
    showSources: () => chooseSources(windowModel, deps.wanted),
    ...treeCommands({
      ...deps,
      groupOf: group,
      tasksOf: ({ tasks }) => (tasks.length > 0 ? tasks : [selectedTask(deps) ?? []].flat()),
    }),
    ...waitingCommands(windowModel, onTask),
    ...steeringCommands(windowModel, onTask),
    ...givenUpCommands(deps.givenUp),
    ...agentCommands(windowModel),
    ...setupCommands(deps),
    addToGroup: changeGroupBy('addToGroup'),
    removeFromGroup: changeGroupBy('removeFromGroup'),
    newGroup: changeGroupBy('newGroup'),
    showLog: () => {
      log.show();
    },
    setTestCommand: async () => {
      const setting = `${SETTINGS_SECTION}.${SETTINGS.testCommand}`;
      await vscode.commands.executeCommand('workbench.action.openSettings', setting);
    },
  };
  return { commands, panel: (request) => void actOnRequest(deps, request) };
}

async function actOnGroup(deps: CommandDeps, key: GroupKey, action: GroupAction): Promise<void> {
  const { actions, panel, windowModel, terminals } = deps;
  switch (action) {
    case 'run':
      return actions.run(key, false);
    case 'stop':
      return actions.stop(key);
    case 'retry':
      return actions.run(key, true);
    case 'resume':
      return actions.resume(key);
    case 'panel':
      panel.show(key);
      return;
    case 'terminals': {
      const launched = windowModel.group(key)?.tasks.filter(({ attempts }) => attempts > 0) ?? [];
      const task = launched.find(({ runnerPid }) => runnerPid !== null) ?? launched[0];
      return task === undefined ? undefined : showTerminal(windowModel, terminals, task.key);
    }
  }
}

async function actOnRequest(deps: CommandDeps, request: PanelAction): Promise<void> {
  const { actions, windowModel, terminals } = deps;
  switch (request.type) {
    case 'run':
      return actions.run(request.group, false);
    case 'stop':
      return actions.stop(request.group);
    case 'retry':
      return actions.run(request.group, true);
    case 'resume':
      return actions.resume(request.group);
    case 'showTerminal':
      return showTerminal(windowModel, terminals, request.task);
    case 'openTask':
      return openTask(windowModel, request.task);
    case 'openLog':
      return openOutput(windowModel, request.task);
    case 'openArtifacts':
      return openTaskArtifacts(windowModel, request.task);
    case 'openReport':
      return openGroupReport(windowModel, request.group);
    case 'showChanges':
    case 'nudgeTask':
    case 'stopTask':
    case 'openSession':
    case 'sayProven':
    case 'sayNotProven':
      await vscode.commands.executeCommand(COMMANDS[request.type], { task: request.task });
      return;
    case 'addFixTasks':
      return addProposedTasks(windowModel, request.group);
    case 'copyProposals': {
      const proposals = windowModel.group(request.group)?.run?.proposedTasks ?? [];
      await vscode.env.clipboard.writeText(`${proposals.join('\n')}\n`);
      void vscode.window.showInformationMessage(
        vscode.l10n.t('Copied. Paste the tasks into your plan.'),
      );
      return;
    }
  }
}

async function openTaskArtifacts(windowModel: WindowModel, key: TaskKey): Promise<void> {
  const { openArtifacts } = await import('../open/open-artifacts.ts');
  await openArtifacts(windowModel, key);
}

async function openGroupReport(windowModel: WindowModel, key: GroupKey | null): Promise<void> {
  const { openReport } = await import('../open/open-artifacts.ts');
  await openReport(windowModel, key);
}

async function addProposedTasks(windowModel: WindowModel, key: GroupKey | null): Promise<void> {
  // Loaded on first use, with the parsers.
  const { addFixTasks } = await import('../steering/add-fix-tasks.ts');
  await addFixTasks(windowModel, key);
}

/** The group of the selected row: inline actions can come without a row while the tree redraws. */
function selectedGroup({ groups: { view } }: CommandDeps): GroupKey | null {
  const [node] = view.visible ? view.selection : [];
  return node === undefined ? null : groupOf(node);
}

function selectedTask({ groups: { view } }: CommandDeps): TaskKey | null {
  const [node] = view.visible ? view.selection : [];
  return node?.kind === 'task' ? node.key : null;
}

function selectedTasks({ groups: { view } }: CommandDeps): readonly TaskKey[] {
  const rows = view.visible ? view.selection : [];
  return rows.flatMap((row) => (row.kind === 'task' ? [row.key] : []));
}

async function pickTask(windowModel: WindowModel, group: GroupKey | null): Promise<TaskKey | null> {
  const picks = windowModel
    .groups()
    .filter(({ key }) => group === null || key === group)
    .flatMap(({ title, tasks }) =>
      tasks.map((task) => ({
        key: task.key,
        label: `${task.id} ${task.title}`,
        description: task.detail,
        detail: title,
      })),
    );
  const picked = await vscode.window.showQuickPick(picks, {
    placeHolder: vscode.l10n.t('Which task?'),
  });
  return picked?.key ?? null;
}
