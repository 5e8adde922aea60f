import type { Identity } from '../../coordinator/plan/identity.ts';
import type { PlanContext, Problem, Task } from '../../coordinator/schema/task.ts';
import type { SourceId } from '../../shared/ids.ts';
import type { Result } from '../../shared/result.ts';
import type { Outline } from './outline.ts';

/** What one format makes of one text. */
export interface Reading {
  readonly tasks: readonly Task[];
  readonly problems: readonly Problem[];
  /** What the plan says of the whole job. */
  readonly context?: PlanContext;
  /** Sources in it that are shown only when a person asks for them. */
  readonly onDemand?: readonly SourceId[];
}

/** What a task is found by in the text of its plan; one text can hold several sources. */
export interface TaskIdentity extends Identity {
  readonly source: SourceId;
}

/** Replace `length` UTF-16 units from `offset` of the text that was looked at by `text`. */
export interface TextEdit {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

/** What a run can say of a task when it is over. */
export type ClosingStatus = 'completed' | 'failed' | 'cancelled';

/** Why a status was not written; `message` is one sentence that can be shown as it is. */
export interface CloseFailure {
  readonly reason: 'missing' | 'ambiguous' | 'malformed' | 'unreadable' | 'busy' | 'unwritable';
  readonly message: string;
}

/**
 * The edit that says `status` of a task, or `unchanged` where the text says so already or keeps what it had. Every edit is
 * of the text as it was parsed; those of different tasks do not touch one another.
 */
export type EditPlanner = (
  task: TaskIdentity,
  status: ClosingStatus,
) => Result<TextEdit | 'unchanged', CloseFailure>;

/**
 * A way to write tasks down in a text file. Texts come without a byte order mark; paths are relative to the workspace,
 * with `/`. Each takes its place in `formats.ts`, special ones ahead of the general ones.
 */
export interface TaskFormat {
  readonly name: string;
  /** Whether the text is of this format. */
  matches(path: string, text: string): boolean;
  /** Other files, by their paths, whose text decides what is read of this one (Task Master's `state.json`). */
  companions?(path: string): readonly string[];
  /** The other way round: the plan that a companion decides about, or `null`. */
  ownerOf?(path: string): string | null;
  /**
   * `path`: the source of its tasks, unless the format says otherwise. `beside`: the texts of the companions, in their
   * order, `null` for one that is not there.
   */
  read(text: string, path: SourceId, beside?: readonly (string | null)[]): Reading;
  /** Parses a text of which tasks are to be closed. */
  edits(text: string, path: string): EditPlanner;
  /** Where everything stands in the text, for the editor; formats without it are not edited there. */
  outline?(text: string, path: SourceId): Outline;
}
