import type { SignIn } from '../../shared/view-models/agent-views.ts';
import type { Place } from '../../shared/view-models/group-views.ts';
import type { SubagentType } from '../schema/config.ts';
import type { LayeredEntry } from './layered.ts';

/** What is known of a built-in agent beside its program. */
export interface BuiltIn {
  /** The command that installs it. */
  readonly install: string;
  readonly tested: { readonly oldest: string; readonly newest: string };
  /** A sentence, where its version is none of those that were tested. */
  readonly untested: string | null;
  /** `null`: not looked for. */
  readonly signIn: SignIn | null;
}

/** A program that carries tasks out, and where it is known from. */
export interface AgentEntry extends LayeredEntry {
  /** As a person calls it: "Claude Code". */
  readonly title: string;
  readonly kind: 'built-in' | 'custom';
  /** What is started: a name on the `PATH`, or an absolute path. */
  readonly program: string;
  readonly installed: boolean;
  /** `null`: not asked for, or it does not say. */
  readonly version: string | null;
  /** Facts of a built-in agent; `null` for others. */
  readonly builtIn: BuiltIn | null;
  /** Attempts at the same time; `null`: as many as a run has. */
  readonly maxConcurrent: number | null;
}

/** A role that tasks are given to, and where it is defined. */
export interface SubagentEntry extends LayeredEntry {
  readonly type: SubagentType;
  readonly role: string;
  /** The agent that plays it; `null`: the default agent. */
  readonly agent: string | null;
  /** Its own definition: relative to the workspace, with `/`; `null` where there is none. */
  readonly place: Place | null;
}
