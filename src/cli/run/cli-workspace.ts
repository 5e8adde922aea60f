import { fileURLToPath } from 'node:url';
import type { ConfigOverrides } from '../../engine/config/load-config.ts';
import { telemetrySettings } from '../../engine/telemetry/telemetry-settings.ts';
import { Workspace } from '../../engine/workspace/workspace.ts';
import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import { openWorkspaceStorage } from '../../store/user/user-state.ts';
import { systemClock } from '../../system/clock.ts';
import type { PlanStore } from '../../tasks/plans/plan-store.ts';
import { recordStatus } from '../../tasks/write/record-status.ts';
import { type Answer, refusal } from '../output/answer.ts';
import type { Approver } from './approval.ts';
import { openPlans } from './open-plans.ts';
import { RunnerHostLauncher } from './runner-host-launcher.ts';

/** The label of this process in locks and requests. */
export const LABEL = 'command line';

export interface CliWorkspaceOptions {
  /** Absolute. */
  readonly workspaceRoot: string;
  /** Reads only this plan; relative to the workspace, or absolute. */
  readonly tasksFile?: string | undefined;
  readonly overrides?: ConfigOverrides;
  readonly approve: Approver;
}

/** An open workspace of one command. */
export interface CliWorkspace {
  readonly workspace: Workspace;
  readonly plans: PlanStore;
  readonly launcher: RunnerHostLauncher;
  /** Releases all resources, so that the process can end. */
  close(): Promise<void>;
}

/** The runner of this program: `imports` of the nearest package.json names the built one, or that of the sources. */
function ownRunner(): string {
  return fileURLToPath(import.meta.resolve('#runner'));
}

/** Opens a workspace with its plans and known runs. */
export async function openCliWorkspace(
  options: CliWorkspaceOptions,
): Promise<Result<CliWorkspace, Answer>> {
  const { workspaceRoot, tasksFile } = options;
  const storage = await openWorkspaceStorage(workspaceRoot);
  if (!storage.ok) {
    return failure(refusal('storage', storage.failure.message));
  }
  const plans = await openPlans(workspaceRoot, tasksFile);
  const runner = [process.execPath, ownRunner()];
  const launcher = new RunnerHostLauncher(runner, workspaceRoot);
  const workspace = await Workspace.open({
    workspaceRoot,
    storage: storage.value,
    label: LABEL,
    clock: systemClock,
    launcher,
    plans,
    writeStatus: (task, status) => recordStatus(plans, task, status),
    overrides: () => options.overrides ?? {},
    runner,
    telemetry: () => telemetrySettings({}, process.env),
    isTrusted: () => true,
  });
  workspace.bus.respond('approval.ask', (question) => options.approve.commands(question));
  workspace.bus.respond('approval.task', (question) => options.approve.task(question));
  workspace.bus.subscribe('subscriber.failed', 'log', ({ message }) => {
    process.stderr.write(`${t('warning: {0}', message)}\n`);
  });
  for (const problem of workspace.configProblems) {
    process.stderr.write(`${t('warning: {0}', problem)}\n`);
  }
  return success({
    workspace,
    plans,
    launcher,
    close: async () => {
      await workspace.release();
      launcher.dispose();
    },
  });
}
