import * as z from 'zod/mini';
import { type Command, commandSchema } from './attempt.ts';

/** The approved part of a command: equal content has an equal effect. */
export const approvedContentSchema = z.object({
  command: commandSchema,
  /** Relative to the workspace, with `/`; `.` = its root. */
  cwd: z.string(),
  /** Added to the environment. */
  env: z.record(z.string(), z.string()),
});
type ApprovedContent = z.infer<typeof approvedContentSchema>;

/**
 * A command from the workspace that runs only after the user has approved it. `label` (a task's id, `test`, an agent's
 * name) and `origin` (the file that defines it) are shown and identify the command it replaces.
 */
export interface ApprovalItem extends Readonly<ApprovedContent> {
  readonly label: string;
  readonly origin: string;
}

/** A command whose current content is not approved. */
export interface MissingApproval {
  readonly item: ApprovalItem;
  /** Last approved content with the same label and origin, to show the changes; `null`: none. */
  readonly previous: Command | null;
}

/**
 * Canonical text of the approved content: equal for equal content in any key order, different for different content.
 * Its SHA-256 identifies an approval.
 */
export function approvalText({ command, cwd, env }: ApprovedContent): string {
  const byName = Object.entries(env).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return JSON.stringify([1, canonical(command), cwd, byName]);
}

function canonical(command: Command): readonly unknown[] {
  return command.kind === 'argv' ? ['argv', command.argv] : ['shell', command.line];
}
