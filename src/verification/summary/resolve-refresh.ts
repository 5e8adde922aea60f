import { access } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Command } from '../../coordinator/schema/attempt.ts';
import type { SuiteSpec } from '../../coordinator/schema/run-spec.ts';

/** The options from which the context refresh of a run is chosen. */
export interface RefreshOptions {
  /** Absolute. */
  readonly workspaceRoot: string;
  /** The argv that the user configured, which precedes all others. */
  readonly configured: readonly string[] | null;
  readonly timeoutMs: number;
  /** Absolute path of Claude Code, `null` if it is not installed. */
  readonly claudePath: string | null;
  /** The command of our own summary. */
  readonly builtIn: Command;
  /** The folder that holds the user's own `.claude/commands`; default: the home directory. */
  readonly home?: string;
}

const SUMMARY_COMMAND = join('.claude', 'commands', 'flow', 'summary.md');

/**
 * Resolves the context refresh of a run: the configured command; else Claude's `/flow:summary`, if that command is
 * defined in the workspace or at home and Claude Code is installed; else our own summary of git and task state.
 */
export async function resolveRefresh(options: RefreshOptions): Promise<SuiteSpec> {
  const { configured, timeoutMs, claudePath, builtIn } = options;
  if (configured !== null && configured.length > 0) {
    return {
      command: { kind: 'argv', argv: [...configured] },
      timeoutMs,
      label: configured.join(' '),
      parser: 'none',
    };
  }
  if (claudePath !== null && (await hasSummaryCommand(options))) {
    return {
      command: { kind: 'argv', argv: [claudePath, '-p', '/flow:summary'] },
      timeoutMs,
      label: 'claude -p /flow:summary',
      parser: 'none',
    };
  }
  return { command: builtIn, timeoutMs, label: 'summary of git and tasks', parser: 'built-in' };
}

async function hasSummaryCommand({ workspaceRoot, home }: RefreshOptions): Promise<boolean> {
  const places = [workspaceRoot, home ?? homedir()];
  const found = await Promise.all(places.map((place) => exists(join(place, SUMMARY_COMMAND))));
  return found.includes(true);
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
