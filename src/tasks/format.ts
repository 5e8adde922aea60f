import type { Identity } from '../coordinator/plan/identity.ts';
import type { Problem, Task } from '../coordinator/task.ts';
import type { SourceId } from '../shared/ids.ts';
import type { Result } from '../shared/result.ts';

/** What one format makes of one text. */
export interface Reading {
  readonly tasks: readonly Task[];
  readonly problems: readonly Problem[];
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
  task: Identity,
  status: ClosingStatus,
) => Result<TextEdit | 'unchanged', CloseFailure>;

/**
 * A way to write tasks down in a text file. Texts come without a byte order mark. Formats that come later (spec-kit,
 * OpenSpec, Task Master, ccpm) implement this and take their place in `formats.ts`, ahead of the general ones.
 */
export interface TaskFormat {
  readonly name: string;
  /** Whether the text is of this format; `path` relative to the workspace, with `/`. */
  matches(path: string, text: string): boolean;
  read(text: string, source: SourceId): Reading;
  /** Parses a text of which tasks are to be closed. */
  edits(text: string): EditPlanner;
}
