import { randomUUID } from 'node:crypto';
import type { Command } from '../coordinator/schema/attempt.ts';
import type { CustomAgent } from '../coordinator/schema/config.ts';

/** The placeholders of an agent's `command`. Paths are absolute. */
export interface Placeholders {
  readonly promptFile: string;
  /** The role's view of the blackboard, JSON. */
  readonly contextFile: string;
  /** Where the agent may write a result, JSON. */
  readonly resultFile: string;
  readonly taskId: string;
  readonly groupId: string;
  readonly workspace: string;
  readonly attemptDir: string;
  /** The unit of a map; missing in other runs. */
  readonly unit?: string;
  /** The session to resume; default: a new UUID for a new session. */
  readonly session?: string | undefined;
  /** The rest of the run's budget in USD. A run without a budget has no command with this placeholder. */
  readonly budgetUsd?: string | undefined;
}

/**
 * An agent's command with its placeholders replaced within each argument. Arguments are never split or read by a shell, and
 * braces within a value are not replaced again. Unknown placeholders stay unchanged.
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
