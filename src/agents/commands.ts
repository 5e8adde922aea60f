import type { Command } from '../coordinator/attempt.ts';
import type { CustomAgent } from '../coordinator/config.ts';

/** How Claude Code is started. The prompt goes to its standard input, never into its arguments. */
export interface ClaudeOptions {
  readonly path: string;
  readonly model?: string | undefined;
  /** A UUID of our choice; without it Claude Code makes one, which is in its events. */
  readonly sessionId?: string | undefined;
  /** The session that it takes up. */
  readonly resume?: string | undefined;
  /** What its role is restricted to, as a subagent's `tools` names them. */
  readonly tools?: readonly string[] | undefined;
}

/** Claude Code, headless: it may edit files of the workspace, and is refused what else would need a person's consent. */
export function claudeCommand(options: ClaudeOptions): Command {
  const argv = [options.path, '-p', '--output-format', 'stream-json', '--verbose'];
  argv.push('--permission-mode', 'acceptEdits');
  if (options.model !== undefined) argv.push('--model', options.model);
  if (options.tools !== undefined) argv.push('--tools', builtInTools(options.tools).join(','));
  if (options.sessionId !== undefined) argv.push('--session-id', options.sessionId);
  if (options.resume !== undefined) argv.push('--resume', options.resume);
  return { kind: 'argv', argv };
}

/** `--tools` knows names alone, and none of servers: `Bash(git:*)` makes Bash available, and what it may run stays as it is. */
function builtInTools(tools: readonly string[]): string[] {
  const names = tools.map((tool) => tool.replace(/\(.*$/s, '').trim());
  return [...new Set(names)].filter((name) => name !== '' && !name.startsWith('mcp__'));
}

/** What a custom agent's `command` may name in braces. Paths are absolute. */
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
}

/**
 * A custom agent's command with its placeholders filled in, within each argument. No argument is ever split or read by
 * a shell, and a value that itself contains braces is not filled in again. Unknown names in braces stay as they are.
 */
export function customCommand(
  agent: Pick<CustomAgent, 'command'>,
  placeholders: Placeholders,
): Command {
  const values: Readonly<Record<string, string>> = { ...placeholders };
  const fill = (argument: string): string =>
    argument.replace(/\{(\w+)\}/g, (whole, name: string) =>
      Object.hasOwn(values, name) ? (values[name] ?? whole) : whole,
    );
  return { kind: 'argv', argv: agent.command.map(fill) };
}
