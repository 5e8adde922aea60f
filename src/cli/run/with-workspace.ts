import type { Answer } from '../output/answer.ts';
import { approver } from './approval.ts';
import { type CliWorkspace, openCliWorkspace } from './cli-workspace.ts';

/** Opens a workspace for a command that starts nothing, and always closes it. */
export async function withWorkspace(
  workspaceRoot: string,
  tasksFile: string | undefined,
  use: (opened: CliWorkspace) => Promise<Answer>,
): Promise<Answer> {
  const approve = approver(false, new AbortController().signal);
  const opened = await openCliWorkspace({ workspaceRoot, tasksFile, approve });
  if (!opened.ok) {
    return opened.failure;
  }
  try {
    return await use(opened.value);
  } finally {
    await opened.value.close();
  }
}
