import type { Place } from './group-views.ts';

/** Agents as shown by the Agents view and `parallel-groups agents`. Times are ms since the epoch. */
export type AgentState =
  /** It accepts another task. `limit`: maximum number of parallel attempts; `null`: limited by the run only. */
  | { readonly kind: 'available'; readonly running: number; readonly limit: number | null }
  | { readonly kind: 'busy'; readonly running: number; readonly limit: number }
  | { readonly kind: 'not_installed' }
  | { readonly kind: 'not_signed_in'; readonly message: string; readonly at: number }
  /** Open breaker: it gets no tasks before `until`. */
  | { readonly kind: 'breaker_open'; readonly until: number }
  /** The next attempt shows whether it works again. */
  | { readonly kind: 'half_open' }
  | { readonly kind: 'unregistered' }
  /** A policy does not allow it. */
  | { readonly kind: 'not_allowed' };

/** Sign-in state of a program, determined without starting it. */
export interface SignIn {
  /** Name of the variable or file with the credentials; `null`: none found, which proves nothing. */
  readonly seen: string | null;
  /** Instructions for signing in. */
  readonly how: string;
}

export interface AgentView {
  readonly id: string;
  readonly title: string;
  readonly kind: 'built-in' | 'custom';
  readonly version: string | null;
  /** Oldest and newest tested version; `null`: not built in. */
  readonly tested: { readonly oldest: string; readonly newest: string } | null;
  /** A warning sentence if its version has not been tested. */
  readonly untested: string | null;
  /** `null`: not built in, or not checked. */
  readonly signIn: SignIn | null;
  readonly state: AgentState;
  /** Why it accepts no task, and the remedy; `null`: it accepts some. */
  readonly why: string | null;
  /** Number of running attempts. */
  readonly running: number;
  /** Layer that defines it: `parallel-groups.json`, `settings`, `discovered`. */
  readonly from: string;
  readonly program: string;
  /** Place of its definition; `null` if no file of the workspace defines it. */
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
  /** Problems and overrides of definitions, one sentence each. */
  readonly problems: readonly string[];
  readonly notices: readonly string[];
}
