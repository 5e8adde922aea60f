import type { Place } from '../../shared/views.ts';
import type { SubagentType } from '../config.ts';
import type { LayeredEntry } from './layered.ts';

/** A program that carries tasks out, and where it is known from. */
export interface AgentEntry extends LayeredEntry {
  /** As a person calls it: "Claude Code". */
  readonly title: string;
  readonly kind: 'built-in' | 'custom';
  /** Whether this version can give it tasks; else it is only listed. */
  readonly supported: boolean;
  /** What is started: a name on the `PATH`, or an absolute path. */
  readonly program: string;
  readonly installed: boolean;
  /** `null`: not asked for, or it does not say. */
  readonly version: string | null;
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
