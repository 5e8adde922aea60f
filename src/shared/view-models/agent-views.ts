import type { Place } from './group-views.ts';

/**
 * Who can carry tasks out, as the Agents view and `parallel-groups agents` show it. Times are ms since the epoch.
 */
export type AgentState =
  /** It may take another task. `limit`: how many at the same time; `null`: as many as a run has. */
  | { readonly kind: 'available'; readonly running: number; readonly limit: number | null }
  | { readonly kind: 'busy'; readonly running: number; readonly limit: number }
  | { readonly kind: 'not_installed' }
  | { readonly kind: 'not_signed_in'; readonly message: string; readonly at: number }
  /** It failed too often in a row: nothing is given to it before `until`. */
  | { readonly kind: 'breaker_open'; readonly until: number }
  /** The next attempt shows whether it works again. */
  | { readonly kind: 'half_open' }
  | { readonly kind: 'unregistered' }
  /** A policy does not allow it. */
  | { readonly kind: 'not_allowed' };

/** What can be told of a program's sign-in without starting it. */
export interface SignIn {
  /** The variable or the file that it was seen in, by its name; `null`: none was seen, which proves nothing. */
  readonly seen: string | null;
  /** What a person does to sign in. */
  readonly how: string;
}

export interface AgentView {
  readonly id: string;
  readonly title: string;
  readonly kind: 'built-in' | 'custom';
  readonly version: string | null;
  /** The oldest and the newest version that was tested; `null`: it is not built in. */
  readonly tested: { readonly oldest: string; readonly newest: string } | null;
  /** A sentence, where its version is none of those that were tested; it is used all the same. */
  readonly untested: string | null;
  /** `null`: it is not built in, or was not looked for. */
  readonly signIn: SignIn | null;
  readonly state: AgentState;
  /** Why it takes no task, and what to do about it; `null`: it takes some. */
  readonly why: string | null;
  /** Attempts that run just now. */
  readonly running: number;
  /** Where it is known from: `parallel-groups.json`, `settings`, `discovered`. */
  readonly from: string;
  readonly program: string;
  /** Where it is defined; `null` where no file of the workspace does. */
  readonly place: Place | null;
}

export interface SubagentView {
  readonly name: string;
  readonly type: string;
  readonly role: string;
  /** The agent that plays it. */
  readonly agent: string;
  readonly from: string;
  readonly place: Place | null;
}

export interface AgentsView {
  readonly agents: readonly AgentView[];
  readonly subagents: readonly SubagentView[];
  /** What is wrong with definitions, and what overrides what; a sentence each. */
  readonly problems: readonly string[];
  readonly notices: readonly string[];
}
