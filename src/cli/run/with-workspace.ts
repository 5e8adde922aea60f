import { approver } from './approval.ts';
import { openSession, type Session } from './cli-workspace.ts';
import type { Answer } from '../output/answer.ts';

/** Opens a workspace for a command that starts nothing, and lets go of it whatever comes of it. */
export async function withSession(
  workspaceRoot: string,
  tasksFile: string | undefined,
  use: (session: Session) => Promise<Answer>,
): Promise<Answer> {
  const approve = approver(false, new AbortController().signal);
  const opened = await openSession({ workspaceRoot, tasksFile, approve });
  if (!opened.ok) return opened.failure;
  try {
    return await use(opened.value);
  } finally {
    await opened.value.close();
  }
}
