import * as vscode from 'vscode';
import type { RunRefusal } from '../../engine/contract/run-refusal.ts';
import { withConflicts } from '../../engine/prepare/prepared-run.ts';
import { runAll } from '../../engine/workflow/run-all.ts';
import { conflictSentences } from '../../engine/workspace/undecided.ts';
import type { GroupKey, TaskKey } from '../../shared/ids.ts';
import { COMMANDS } from '../../shared/manifest.ts';
import type { Result } from '../../shared/result.ts';
import type { GroupView } from '../../shared/view-models/group-views.ts';
import { plural } from '../../shared/words/durations.ts';
import { askConflicts } from '../dialogs/conflict-dialog.ts';
import type { WindowModel } from '../window/window-model.ts';

/** Starts, stops and retries runs for the user: reports results in sentences and offers the next actions. */
export class RunActions {
  readonly #model: WindowModel;
  #allStopped = false;

  constructor(model: WindowModel) {
    this.#model = model;
  }

  /** Runs a group; asks which if `key` is `null`. `only`: keys of the selected tasks in their folder; omit for all. */
  async run(key: GroupKey | null, retry: boolean, only?: ReadonlySet<TaskKey>): Promise<void> {
    if (!(await requireTrust())) {
      return;
    }
    const ability = retry ? 'canRetry' : 'canRun';
    const group =
      key ??
      (await this.#pick(
        ability,
        retry ? vscode.l10n.t('Retry which group?') : vscode.l10n.t('Run which group?'),
      ));
    const located = group === undefined ? null : this.#model.locate(group);
    if (group === undefined || located === null) {
      return;
    }
    await withProgress(
      vscode.l10n.t('Preparing {0}', this.#model.group(group)?.title ?? group),
      async () => {
        const { workspace } = located;
        const prepared = await workspace.starter.prepare(located.key, { retry, only });
        if (!prepared.ok) {
          report(prepared);
          return;
        }
        const undecided = [{ key: located.key, conflicts: prepared.value.undecided }];
        const sentences = conflictSentences(workspace.plans.current(), undecided);
        const choice = await askConflicts(this.#model.ask, sentences);
        if (choice !== null) {
          report(await workspace.starter.start(withConflicts(prepared.value, choice)));
        }
      },
    );
  }

  /** Runs every group in plan order, each once its dependencies are done. */
  async runAll(): Promise<void> {
    if (this.#model.folders().length === 0 || !(await requireTrust())) {
      return;
    }
    const folders = await Promise.all(
      this.#model.folders().map(async ({ workspace }) => {
        const keys = workspace.plans.current().groups.map(({ key }) => key);
        const undecided = await workspace.starter.undecided(keys);
        return { workspace, sentences: conflictSentences(workspace.plans.current(), undecided) };
      }),
    );
    const conflicts = folders.flatMap(({ sentences }) => sentences);
    const choice = await askConflicts(this.#model.ask, conflicts);
    if (choice === null) {
      return;
    }
    this.#allStopped = false;
    const isCancelled = (): boolean => this.#allStopped;
    // Plans of different folders are independent.
    await Promise.all(
      folders.map(({ workspace, sentences }) =>
        // A folder whose configuration decides conflicts was not part of the question.
        runAll(workspace, { isCancelled, conflicts: sentences.length > 0 ? choice : undefined }),
      ),
    );
  }

  async stop(key: GroupKey | null): Promise<void> {
    const group = key ?? (await this.#pick('canStop', vscode.l10n.t('Stop which group?')));
    const located = group === undefined ? null : this.#model.locate(group);
    const problem = await located?.workspace.control.stop(located.key);
    if (typeof problem === 'string') {
      void vscode.window.showWarningMessage(problem);
    }
  }

  async stopAll(): Promise<void> {
    this.#allStopped = true;
    for (const { key, canStop } of this.#model.groups()) {
      if (canStop) {
        await this.stop(key);
      }
    }
  }

  /** Resumes a run without a coordinator. If its last coordinator may still be alive, asks the user first. */
  async resume(key: GroupKey | null): Promise<void> {
    const located = key === null ? null : this.#model.locate(key);
    if (located === null || !(await requireTrust())) {
      return;
    }
    const { workspace } = located;
    const resumed = await workspace.control.resume(located.key);
    if (resumed.ok || resumed.failure.reason !== 'held') {
      report(resumed);
      return;
    }
    const takeOver = vscode.l10n.t('Take Over');
    const answer = await vscode.window.showWarningMessage(
      resumed.failure.message,
      {
        modal: true,
        detail: vscode.l10n.t(
          'Taking over is safe: attempts that run go on, and nothing starts twice.',
        ),
      },
      takeOver,
    );
    if (answer === takeOver) {
      report(await workspace.control.resume(located.key, resumed.failure.epoch));
    }
  }

  /** Shows the result of a run in one sentence, with the next actions. */
  async announce(key: GroupKey): Promise<void> {
    const group = this.#model.group(key);
    if (group?.run === null || group === undefined) {
      return;
    }
    if (this.#model.workflowOf(group)?.state === 'running') {
      // Its workflow announces its own end.
      return;
    }
    const retry = vscode.l10n.t('Retry Failed');
    const show = vscode.l10n.t('Show Status');
    const fix = vscode.l10n.t('Add Fix Tasks');
    const message = endSentence(group);
    const answers = [
      show,
      ...(group.canRetry ? [retry] : []),
      ...(group.run.proposedTasks.length > 0 ? [fix] : []),
    ];
    const answer =
      group.run.exitCode === 1 || group.run.exitCode === 4
        ? await vscode.window.showWarningMessage(message, ...answers)
        : await vscode.window.showInformationMessage(message, ...answers);
    if (answer === show) {
      await vscode.commands.executeCommand(COMMANDS.showStatusPanel, { group: key });
    } else if (answer === retry) {
      await this.run(key, true);
    } else if (answer === fix) {
      await vscode.commands.executeCommand(COMMANDS.addFixTasks, { group: key });
    }
  }

  async #pick(
    ability: 'canRun' | 'canStop' | 'canRetry',
    placeHolder: string,
  ): Promise<GroupKey | undefined> {
    const groups = this.#model.groups().filter((group) => group[ability]);
    if (groups.length === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t('There is no group to choose from.'));
      return undefined;
    }
    const picks = groups.map(({ key, title, detail, source }) => ({
      key,
      label: title,
      description: detail,
      detail: source,
    }));
    return (await vscode.window.showQuickPick(picks, { placeHolder, matchOnDescription: true }))
      ?.key;
  }
}

/** Describes the result of a run: "auth: 3 of 4 tasks proven, 1 blocked by ops-7. 12 tests passed." */
export function endSentence({ title, counts, tasks, run }: GroupView): string {
  const blockers = [...new Set(tasks.flatMap(({ blockedBy }) => blockedBy.map(({ id }) => id)))];
  const parts = [
    `${counts.completed} of ${plural(counts.total, 'task')} proven`,
    ...(counts.failed > 0 ? [`${counts.failed} failed`] : []),
    ...(counts.cancelled > 0 ? [`${counts.cancelled} stopped`] : []),
    ...(counts.blocked > 0 ? [`${counts.blocked} blocked by ${blockers.join(', ')}`] : []),
    ...(run?.exitCode === 4 ? ['out of time'] : []),
  ];
  const tests = run?.tests?.message ?? '';
  return `${title}: ${parts.join(', ')}. ${tests}`.trim();
}

/** Shows why nothing was started. Stays silent if the user did not approve, because they know. */
export function report(result: Result<unknown, RunRefusal>): void {
  if (!result.ok && result.failure.reason !== 'not_approved') {
    void vscode.window.showWarningMessage(result.failure.message);
  }
}

/** Checks that the workspace is trusted. Every command that runs something calls it, because menus can be stale. */
export async function requireTrust(): Promise<boolean> {
  if (vscode.workspace.isTrusted) {
    return true;
  }
  const manage = vscode.l10n.t('Manage Trust');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('This folder is in Restricted Mode: plans are shown, nothing runs.'),
    manage,
  );
  if (answer === manage) {
    await vscode.commands.executeCommand('workbench.trust.manage');
  }
  return false;
}

/** Shows progress in the groups view while `work` runs. */
export async function withProgress(title: string, work: () => Promise<void>): Promise<void> {
  await vscode.window.withProgress({ location: { viewId: 'parallelGroups.groups' }, title }, work);
}
