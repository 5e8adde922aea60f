import type { StdinMode } from '../../coordinator/schema/attempt.ts';
import type { BuiltInAgent } from '../../shared/agent-ids.ts';
import type { AdapterOptions, StreamAdapter } from './adapter.ts';

/** The environment variable that names the file to which a program's hooks write while a person works with the program. */
export const HOOKS_VARIABLE = 'PARALLEL_GROUPS_HOOKS';

/** Options of one launch beside the prompt. A program leaves out the options that it does not have. */
export interface LaunchOptions {
  /** Absolute. */
  readonly path: string;
  readonly model?: string | undefined;
  /** A UUID for a new session, or the placeholder that stands for it. */
  readonly sessionId?: string | undefined;
  /** The session to resume, or the placeholder that stands for it. */
  readonly resume?: string | undefined;
  /** The budget in USD after which the program stops by itself, or the placeholder that stands for it. */
  readonly budgetUsd?: string | undefined;
  /** The tools that the subagent is restricted to, by the program's own names. */
  readonly tools?: readonly string[] | undefined;
  /** The file for the program's usage report (absolute), or the placeholder that stands for it. */
  readonly usageFile?: string | undefined;
}

/** The places where a program finds its key. They are only checked for existence; their content is never read. */
export interface Credentials {
  /** Environment variables that hold a key, or that select a provider with keys of its own. */
  readonly env: readonly string[];
  /** Files in which the program keeps its sign-in. */
  readonly files: readonly CredentialFile[];
  /** Whether the program may keep a key where it cannot be seen, such as the system's keychain. */
  readonly elsewhere: boolean;
}

/** A file below a folder that a variable may move: `$CODEX_HOME/auth.json`, else `~/.codex/auth.json`. */
export interface CredentialFile {
  /** `null`: the folder cannot be moved. */
  readonly variable: string | null;
  /** Relative to the home directory, with `/`. */
  readonly folder: string;
  /** Below that folder, with `/`. */
  readonly file: string;
}

/** The format in which a program exchanges messages while it works. Pure: text in, text out. */
export interface ConversationFormat {
  /** One message of a person in the program's input format, with its line end. */
  message(text: string): string;
  /** Whether this output line ends the program's turn. The program then waits for the next message. */
  endsTurn(line: string): boolean;
}

/** A command line that opens a session in the program's own user interface; the program comes first. */
export type SessionCommand = readonly [program: string, ...args: string[]];

/** The facts that messages about a program contain. */
export type Program = Pick<AgentDefinition, 'title' | 'signIn' | 'permissions' | 'tested'>;

/**
 * Everything that the product knows about one agent: how to find it, start it, sign in to it and read its output. A
 * definition starts nothing.
 */
export interface AgentDefinition<Id extends BuiltInAgent = BuiltInAgent> {
  readonly id: Id;
  /** The name for people: `Claude Code`. */
  readonly title: string;
  /** The executable's name, which is looked up in `PATH`. */
  readonly program: string;
  /** Agents of the same provider share one window of requests. Empty: the provider depends on the model. */
  readonly provider: string;
  /** The command that installs the program. */
  readonly install: string;
  /** A sentence for people that says how to sign in. */
  readonly signIn: string;
  readonly credentials: Credentials;
  /** The place where a person sets the program's permissions. */
  readonly permissions: string;
  /** The oldest and the newest version that was tested. */
  readonly tested: { readonly oldest: string; readonly newest: string };
  readonly stdin: Exclude<StdinMode, 'terminal'>;
  /** Variables that are added to the program's environment; never secrets. */
  readonly env: Readonly<Record<string, string>>;
  /** Patterns of model names that belong to this program. Another program gets such a name only if it lists it too. */
  readonly models: readonly RegExp[];
  /** Whether the program names models by their provider, `anthropic/claude-…`, and accepts no other names. */
  readonly modelsByProvider: boolean;
  /** Tools that change no file of the workspace. Any other tool may change files. */
  readonly readOnlyTools: readonly string[];
  /** The command line without a person. The program prints its events and reads the prompt from standard input. */
  headless(options: LaunchOptions): string[];
  /**
   * The command line of the program's own user interface. `promptFile` (absolute) is the file to read first. `null`: the
   * program has no user interface.
   */
  interactive(options: LaunchOptions & { readonly promptFile: string | null }): string[] | null;
  /** The arguments that open a session for a person. `null`: the program cannot open one. */
  openSession(sessionId: string): readonly string[] | null;
  /** `null`: the program reads its input as plain text. */
  readonly conversation: ConversationFormat | null;
  /** Whether the program reports its usage in the file of `usageFile` and not by events. */
  readonly reportsUsageInFile: boolean;
  /**
   * An adapter for one attempt. `cwd`: the agent's working directory, absolute. It loads the reader on demand, because
   * loading schemas takes as long as starting a process.
   */
  createAdapter(cwd: string, options: AdapterOptions): Promise<StreamAdapter>;
}

/** An option with its value, or an empty list without a value. */
export function option(name: string, value: string | undefined): string[] {
  return value === undefined ? [] : [name, value];
}

/** The first message to a program's own user interface. It names the prompt's file; the prompt itself is never an argument. */
export function interactivePrompt(promptFile: string | null): string[] {
  return promptFile === null ? [] : [`Read ${promptFile} and do what it says.`];
}
