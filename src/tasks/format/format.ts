import type { Identity } from '../../coordinator/plan/identity.ts';
import type { PlanContext, Problem, Task } from '../../coordinator/schema/task.ts';
import type { SourceId } from '../../shared/ids.ts';
import type { Result } from '../../shared/result.ts';
import type { Outline } from './outline.ts';

/** The result of reading one text in one format. */
export interface Reading {
  readonly tasks: readonly Task[];
  readonly problems: readonly Problem[];
  /** The plan's description of the whole job. */
  readonly context?: PlanContext;
  /** Sources in the text that are shown only on the user's request. */
  readonly onDemand?: readonly SourceId[];
}

/** The identity by which a task is found in the text of its plan; one text can contain several sources. */
export interface TaskIdentity extends Identity {
  readonly source: SourceId;
}

/** Replaces `length` UTF-16 units at `offset` of the parsed text with `text`. */
export interface TextEdit {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

/** The status that a run can write when a task ends. */
export type ClosingStatus = 'completed' | 'failed' | 'cancelled';

/** Why a status was not written; `message` is one sentence for the user. */
export interface CloseFailure {
  readonly reason: 'missing' | 'ambiguous' | 'malformed' | 'unreadable' | 'busy' | 'unwritable';
  readonly message: string;
}

/**
 * Returns the edit that sets a task's status, or `unchanged` if the text already has it or keeps its previous status.
 * Every edit applies to the text as it was parsed; edits of different tasks do not overlap.
 */
export type EditPlanner = (
  task: TaskIdentity,
  status: ClosingStatus,
) => Result<TextEdit | 'unchanged', CloseFailure>;

/**
 * A plan format: a notation for tasks in a text file. Texts have no byte order mark; paths are relative to the
 * workspace, with `/`. `formats.ts` lists all formats, specific ones before general ones.
 */
export interface TaskFormat {
  /** The name for people, as the tool's own documentation spells it. */
  readonly name: string;
  /** Whether the text has this format. */
  matches(path: string, text: string): boolean;
  /** Returns the paths of other files whose text affects how this one is read (Task Master's `state.json`). */
  companions?(path: string): readonly string[];
  /** The inverse of `companions`: returns the plan that a companion belongs to, or `null`. */
  ownerOf?(path: string): string | null;
  /**
   * Reads the tasks of a text. `path`: the source of its tasks, unless the format defines another. `beside`: the texts
   * of the companions, in their order; `null` for one that does not exist.
   */
  read(text: string, path: SourceId, beside?: readonly (string | null)[]): Reading;
  /** Parses a text for closing some of its tasks. */
  edits(text: string, path: string): EditPlanner;
  /** Returns the positions of tasks and markers for the editor; a format without an outline is not editable there. */
  outline?(text: string, path: SourceId): Outline;
}
