import type { StdinMode } from '../coordinator/attempt.ts';

/** The coding agents that are driven by facts of their own. */
export const BUILT_IN_AGENTS = ['claude', 'codex', 'gemini', 'opencode', 'copilot'] as const;
export type BuiltInAgent = (typeof BUILT_IN_AGENTS)[number];

/** What one launch of a program may be told beside its prompt; whatever a program cannot be told, it leaves out. */
export interface LaunchOptions {
  /** Absolute. */
  readonly path: string;
  readonly model?: string | undefined;
  /** A UUID of our choice for a new session. */
  readonly sessionId?: string | undefined;
  /** The session that it takes up. */
  readonly resume?: string | undefined;
  /** USD that it may spend by itself. */
  readonly budgetUsd?: number | undefined;
  /** Tools that its subagent is restricted to, by the program's own names. */
  readonly tools?: readonly string[] | undefined;
}

/** The facts of one program: how it is found, started and signed in to. Nothing here starts anything. */
export interface AgentProfile {
  readonly id: BuiltInAgent;
  /** As people call it: `Claude Code`. */
  readonly title: string;
  /** What is looked for in `PATH`. */
  readonly program: string;
  /** Whose window of requests it shares. */
  readonly provider: string;
  /** The command that installs it. */
  readonly install: string;
  /** What a person does to sign in. */
  readonly signIn: string;
  /** The oldest and the newest version that it was tested with. */
  readonly tested: { readonly oldest: string; readonly newest: string };
  readonly stdin: StdinMode;
  /** Added to its environment; never secrets. */
  readonly env: Readonly<Record<string, string>>;
  /** Its command line without a person, with its events on standard output; the prompt comes by standard input. */
  headless(options: LaunchOptions): string[];
  /** Its own user interface in a terminal; `promptFile` (absolute) is what it is to read first. `null`: it has none. */
  interactive(options: LaunchOptions & { readonly promptFile: string | null }): string[] | null;
}
