import * as vscode from 'vscode';
import { endSentence, projectWorkflow } from '../../coordinator/workflow/project-workflow.ts';
import type { RunRefusal } from '../../engine/contract/run-refusal.ts';
import { groupsOfWorkflow, type WorkflowOutlook } from '../../engine/workflow/run-workflow.ts';
import type { WorkflowRun } from '../../engine/workflow/workflow-run.ts';
import { conflictSentences } from '../../engine/workspace/undecided.ts';
import { asGroupKey, type GroupKey } from '../../shared/ids.ts';
import { COMMANDS } from '../../shared/manifest.ts';
import type { Result } from '../../shared/result.ts';
import type { WorkflowView } from '../../shared/view-models/workflow-view.ts';
import { plural } from '../../shared/words/durations.ts';
import { askConflicts } from '../dialogs/conflict-dialog.ts';
import type { Folder } from '../window/folder.ts';
import type { WindowModel } from '../window/window-model.ts';
import { report, requireTrust } from './run-actions.ts';

interface WorkflowPick extends vscode.QuickPickItem {
  readonly begin: () => Promise<Result<WorkflowRun, RunRefusal> | null>;
  readonly folder: Folder;
}

/** Asks which workflow to start or resume, runs it to its end and shows its progress and result. */
export async function runWorkflow(model: WindowModel): Promise<void> {
  if (!(await requireTrust())) {
    return;
  }
  const picks = (await Promise.all(model.folders().map((folder) => picksOf(model, folder)))).flat();
  const picked = await vscode.window.showQuickPick(picks, {
    placeHolder: vscode.l10n.t('Run which workflow?'),
    matchOnDescription: true,
  });
  const begun = await picked?.begin();
  if (picked !== undefined && begun !== undefined && begun !== null) {
    await runAndAnnounce(picked.folder, begun);
  }
}

/** Shows a notification for each interrupted workflow and resumes it if the user chooses to. */
export async function offerToResume(
  folder: Folder,
  interrupted: readonly WorkflowView[],
): Promise<void> {
  const resume = vscode.l10n.t('Resume');
  await Promise.all(
    interrupted.map(async ({ name, detail }) => {
      const message = vscode.l10n.t('The workflow {0} was interrupted at {1}.', name, detail);
      if ((await vscode.window.showInformationMessage(message, resume)) === resume) {
        await runAndAnnounce(folder, await folder.workflows.resume(name));
      }
    }),
  );
}

async function runAndAnnounce(
  folder: Folder,
  begun: Result<WorkflowRun, RunRefusal>,
): Promise<void> {
  if (!begun.ok) {
    report(begun);
    return;
  }
  const lastGroup = await runToEnd(begun.value);
  const group = lastGroup === null ? null : asGroupKey(folder.prefix + lastGroup);
  await announce(begun.value, group);
}

async function picksOf(model: WindowModel, folder: Folder): Promise<WorkflowPick[]> {
  await folder.workspace.refresh();
  const { workflows } = folder;
  const interrupted = await workflows.interrupted();
  const where = folder.prefix === '' ? [] : [folder.prefix.slice(0, -1)];
  return [
    ...interrupted.map((view) => resumePick(folder, view, where)),
    ...workflows
      .outlooks()
      .filter(({ name }) => interrupted.every((view) => view.name !== name))
      .map((outlook) => startPick(model, folder, outlook, where)),
  ];
}

function resumePick(folder: Folder, view: WorkflowView, where: readonly string[]): WorkflowPick {
  return {
    label: vscode.l10n.t('Resume {0}', view.name),
    description: `interrupted at ${view.detail}`,
    detail: [
      ...where,
      vscode.l10n.t('Goes on with the stage where it stood; nothing runs twice.'),
    ].join(' · '),
    iconPath: new vscode.ThemeIcon('debug-continue'),
    folder,
    begin: () => folder.workflows.resume(view.name),
  };
}

function startPick(
  model: WindowModel,
  folder: Folder,
  outlook: WorkflowOutlook,
  where: readonly string[],
): WorkflowPick {
  const { name, definition, tasks, builtIn } = outlook;
  const stages = definition.stages.map(
    ({ id }, place) => `${id} (${plural(tasks[place]?.length ?? 0, 'task')})`,
  );
  return {
    label: name,
    description: stages.join(' → '),
    detail: [...where, builtIn ? vscode.l10n.t('Built in') : 'parallel-groups.json'].join(' · '),
    iconPath: new vscode.ThemeIcon('run-all'),
    folder,
    begin: async () => {
      const groups = groupsOfWorkflow(outlook);
      const only = new Set(tasks.flat().map(({ key }) => key));
      const { starter, plans } = folder.workspace;
      const undecided = await starter.undecided(groups, { only });
      const sentences = conflictSentences(plans.current(), undecided);
      const conflicts = await askConflicts(model.ask, sentences);
      return conflicts === null ? null : folder.workflows.start(name, { conflicts });
    },
  };
}

/** Runs a workflow to its end and shows its progress with a button to cancel it. Returns the group of its last run. */
async function runToEnd(run: WorkflowRun): Promise<GroupKey | null> {
  let last: GroupKey | null = null;
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Workflow {0}', run.state.workflow),
    cancellable: true,
  };
  await vscode.window.withProgress(options, async (progress, token) => {
    const reportProgress = (group: string): void => {
      const { detail } = projectWorkflow(run.state, true);
      progress.report({ message: group === '' ? detail : `${detail} · ${group}` });
    };
    token.onCancellationRequested(() => void run.cancel('VS Code'));
    run.onEvent(() => {
      reportProgress('');
    });
    run.onRun(({ run: active }) => {
      last = active.state.plan.group;
      reportProgress(active.state.plan.groupId);
    });
    run.start();
    await run.done;
  });
  return last;
}

async function announce({ state, suspended }: WorkflowRun, group: GroupKey | null): Promise<void> {
  if (state.ended === null) {
    if (suspended !== null) {
      void vscode.window.showWarningMessage(`${state.workflow}: ${suspended}`);
    }
    return;
  }
  const show = vscode.l10n.t('Show Status');
  const message = endSentence(state);
  const answers = group === null ? [] : [show];
  const answer =
    state.ended.exitCode === 1
      ? await vscode.window.showWarningMessage(message, ...answers)
      : await vscode.window.showInformationMessage(message, ...answers);
  if (answer === show) {
    await vscode.commands.executeCommand(COMMANDS.showStatusPanel, { group });
  }
}
