import type { Workspace } from '../../engine/workspace/workspace.ts';
import type { Answer } from '../output/answer.ts';
import { LineProgress } from '../progress/line-progress.ts';
import { LiveProgress } from '../progress/live-progress.ts';
import type { Progress } from '../progress/progress.ts';
import { approver } from './approval.ts';
import { type CliWorkspace, type CliWorkspaceOptions, openCliWorkspace } from './cli-workspace.ts';
import { Interrupt } from './interrupt.ts';
import { watchPlans } from './open-plans.ts';

/** An opened workspace with the terminal's side of a run. */
export interface CliContext extends CliWorkspace {
  readonly interrupt: Interrupt;
  readonly progress: Progress;
}

interface RunContextOptions extends Omit<CliWorkspaceOptions, 'approve'> {
  /** Whether all commands from the workspace are approved. */
  readonly yes: boolean;
  /** Whether to follow edits of the plans during the run; `false` reads them once. Default: `true`. */
  readonly watched?: boolean;
}

/** Opens a workspace for a command that runs something, and always closes it. */
export async function withRunContext(
  options: RunContextOptions,
  use: (context: CliContext) => Promise<Answer>,
): Promise<Answer> {
  const interrupt = new Interrupt();
  const approve = approver(options.yes, interrupt.signal);
  const opened = await openCliWorkspace({ ...options, approve });
  if (!opened.ok) {
    return opened.failure;
  }
  const { workspace, plans } = opened.value;
  const watching = options.watched === false ? null : watchPlans(plans);
  const progress = openProgress(workspace);
  try {
    return await use({ ...opened.value, interrupt, progress });
  } finally {
    progress.dispose();
    watching?.dispose();
    await opened.value.close();
    interrupt.dispose();
  }
}

/** A live display on a terminal, otherwise one line per event. */
function openProgress(workspace: Workspace): Progress {
  const { stderr, env } = process;
  return stderr.isTTY && env.TERM !== 'dumb'
    ? new LiveProgress(workspace, stderr)
    : new LineProgress(workspace.bus, (text) => stderr.write(`${text}\n`));
}
