import type { Answer } from '../output/answer.ts';
import { openProgress } from '../progress/open-progress.ts';
import type { Progress } from '../progress/progress.ts';
import { approver } from './approval.ts';
import { type CliWorkspace, type CliWorkspaceOptions, openCliWorkspace } from './cli-workspace.ts';
import { Interrupt } from './interrupt.ts';
import { watchPlans } from './open-plans.ts';

/** What a run is carried out with. */
export interface CliContext {
  readonly session: CliWorkspace;
  readonly interrupt: Interrupt;
  readonly progress: Progress;
}

interface ToolsOptions extends Omit<CliWorkspaceOptions, 'approve'> {
  /** Approves in the name of whoever started the command. */
  readonly yes: boolean;
  /** Whether edits of the plans are noticed meanwhile; else they are read once. */
  readonly watched?: boolean;
}

/** Opens a workspace for a command that runs something, and lets go of it whatever comes of it. */
export async function withRunContext(
  options: ToolsOptions,
  use: (tools: CliContext) => Promise<Answer>,
): Promise<Answer> {
  const interrupt = new Interrupt();
  const approve = approver(options.yes, interrupt.signal);
  const opened = await openCliWorkspace({ ...options, approve });
  if (!opened.ok) {
    return opened.failure;
  }
  const session = opened.value;
  const watching = options.watched === false ? null : watchPlans(session.plans);
  const progress = openProgress(session.workspace);
  try {
    return await use({ session, interrupt, progress });
  } finally {
    progress.dispose();
    watching?.dispose();
    await session.close();
    interrupt.dispose();
  }
}
