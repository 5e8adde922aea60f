import type { SignIn } from '../../shared/view-models/agent-views.ts';
import type { Place } from '../../shared/view-models/group-views.ts';
import type { SubagentType } from '../schema/config.ts';
import type { LayeredEntry } from './layered.ts';

/** Facts about a built-in agent, beside its program. */
export interface BuiltIn {
  /** The command that installs it. */
  readonly install: string;
  readonly tested: { readonly oldest: string; readonly newest: string };
  /** A warning sentence if its version has not been tested. */
  readonly untested: string | null;
  /** `null`: not checked. */
  readonly signIn: SignIn | null;
}

/** A program that carries out tasks, and the layer that defines it. */
export interface AgentEntry extends LayeredEntry {
  /** Display name: "Claude Code". */
  readonly title: string;
  readonly kind: 'built-in' | 'custom';
  /** Program to start: a name on the `PATH`, or an absolute path. */
  readonly program: string;
  readonly installed: boolean;
  /** `null`: not queried, or not reported. */
  readonly version: string | null;
  /** Facts of a built-in agent; `null` for others. */
  readonly builtIn: BuiltIn | null;
  /** Maximum number of parallel attempts; `null`: limited by the run only. */
  readonly maxConcurrent: number | null;
}

/** A role that tasks are assigned to, and where it is defined. */
export interface SubagentEntry extends LayeredEntry {
  readonly type: SubagentType;
  readonly role: string;
  /** The agent that plays it; `null`: the default agent. */
  readonly agent: string | null;
  /** Its definition file, relative to the workspace, with `/`; `null` if there is none. */
  readonly place: Place | null;
}
