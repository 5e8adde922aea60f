import type { StdinMode } from '../../coordinator/schema/attempt.ts';

/** The coding agents that are driven by facts of their own. */
export const BUILT_IN_AGENTS = ['claude', 'codex', 'gemini', 'opencode', 'copilot'] as const;
export type BuiltInAgent = (typeof BUILT_IN_AGENTS)[number];

/** Names the file, in a program's environment, that its hooks write to where a person works with it. */
export const HOOKS_VARIABLE = 'PARALLEL_GROUPS_HOOKS';

/** What one launch of a program may be told beside its prompt; whatever a program cannot be told, it leaves out. */
export interface LaunchOptions {
  /** Absolute. */
  readonly path: string;
  readonly model?: string | undefined;
  /** A UUID of our choice for a new session, or the placeholder that stands for it. */
  readonly sessionId?: string | undefined;
  /** The session that it takes up, or the placeholder that stands for it. */
  readonly resume?: string | undefined;
  /** USD that it may spend by itself, or the placeholder that stands for it. */
  readonly budgetUsd?: string | undefined;
  /** Tools that its subagent is restricted to, by the program's own names. */
  readonly tools?: readonly string[] | undefined;
  /** Where it is to leave what it used (absolute), or the placeholder that stands for it. */
  readonly usageFile?: string | undefined;
}

/** Where a program looks for its key. What is there is never read: that it is there says enough. */
export interface Credentials {
  /** Variables of its environment that hold a key, or that choose a provider with keys of its own. */
  readonly env: readonly string[];
  /** Files that it keeps its sign-in in. */
  readonly files: readonly CredentialFile[];
  /** Whether it may have one where nobody can look, such as the keychain of the system. */
  readonly elsewhere: boolean;
}

/** A file below a folder that a variable may move: `$CODEX_HOME/auth.json`, else `~/.codex/auth.json`. */
export interface CredentialFile {
  /** `null`: nothing moves it. */
  readonly variable: string | null;
  /** Relative to the home directory, with `/`. */
  readonly folder: string;
  /** Below that folder, with `/`. */
  readonly file: string;
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
  readonly credentials: Credentials;
  /** The oldest and the newest version that it was tested with. */
  readonly tested: { readonly oldest: string; readonly newest: string };
  readonly stdin: Exclude<StdinMode, 'terminal'>;
  /** Added to its environment; never secrets. */
  readonly env: Readonly<Record<string, string>>;
  /** Its command line without a person, with its events on standard output; the prompt comes by standard input. */
  headless(options: LaunchOptions): string[];
  /** Its own user interface in a terminal; `promptFile` (absolute) is what it is to read first. `null`: it has none. */
  interactive(options: LaunchOptions & { readonly promptFile: string | null }): string[] | null;
}

/** An option with its value, or nothing where there is no value. */
export function option(name: string, value: string | undefined): string[] {
  return value === undefined ? [] : [name, value];
}

/** What a program's own user interface is told first: where to read. The prompt itself is never an argument. */
export function interactivePrompt(promptFile: string | null): string[] {
  return promptFile === null ? [] : [`Read ${promptFile} and do what it says.`];
}
