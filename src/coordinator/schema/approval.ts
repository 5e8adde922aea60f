import * as z from 'zod/mini';
import { type Command, commandSchema } from './attempt.ts';

/** What of a command is approved: whatever else changes, the same content does the same. */
export const approvedContentSchema = z.object({
  command: commandSchema,
  /** Relative to the workspace, with `/`; `.` = its root. */
  cwd: z.string(),
  /** Added to the environment. */
  env: z.record(z.string(), z.string()),
});
type ApprovedContent = z.infer<typeof approvedContentSchema>;

/**
 * A command that comes from the workspace and runs only once a person has seen it. `label` (a task's id, `test`, an
 * agent's name) and `origin` (the file that says so) are shown beside it and tell which former command it replaces.
 */
export interface ApprovalItem extends Readonly<ApprovedContent> {
  readonly label: string;
  readonly origin: string;
}

/** A command that is not approved as it stands now. */
export interface MissingApproval {
  readonly item: ApprovalItem;
  /** What was approved last under the same label and origin, to show what changed; `null`: nothing yet. */
  readonly previous: Command | null;
}

/**
 * The canonical text of what is approved: equal for equal content, whatever the order of its keys, and different for
 * different content. Its SHA-256 is what an approval is known by.
 */
export function approvalText({ command, cwd, env }: ApprovedContent): string {
  const byName = Object.entries(env).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return JSON.stringify([1, canonical(command), cwd, byName]);
}

function canonical(command: Command): readonly unknown[] {
  return command.kind === 'argv' ? ['argv', command.argv] : ['shell', command.line];
}
