import { randomUUID } from 'node:crypto';
import type { Command } from '../coordinator/schema/attempt.ts';
import type { CustomAgent } from '../coordinator/schema/config.ts';

/** What an agent's `command` may name in braces. Paths are absolute. */
export interface Placeholders {
  readonly promptFile: string;
  /** The role's own view of the blackboard, JSON. */
  readonly contextFile: string;
  /** Where the agent may write a result, JSON. */
  readonly resultFile: string;
  readonly taskId: string;
  readonly groupId: string;
  readonly workspace: string;
  readonly attemptDir: string;
  /** What a map applies the agent to; elsewhere there is none. */
  readonly unit?: string;
  /** The session that is taken up; default: a fresh UUID, for a new one. */
  readonly session?: string | undefined;
  /** USD that is left of the run's budget; where there is none, no command asks for it. */
  readonly budgetUsd?: string | undefined;
}

/**
 * An agent's command with its placeholders filled in, within each argument. No argument is ever split or read by
 * a shell, and a value that itself contains braces is not filled in again. Unknown names in braces stay as they are.
 */
export function customCommand(
  agent: Pick<CustomAgent, 'command'>,
  placeholders: Placeholders,
): Command {
  const session = placeholders.session ?? randomUUID();
  const values: Readonly<Record<string, string | undefined>> = { ...placeholders, session };
  const fill = (argument: string): string =>
    argument.replace(/\{(\w+)\}/g, (whole, name: string) =>
      Object.hasOwn(values, name) ? (values[name] ?? whole) : whole,
    );
  return { kind: 'argv', argv: agent.command.map(fill) };
}
