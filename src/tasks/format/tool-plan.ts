import type { SourceSnapshot } from '../../coordinator/schema/task.ts';
import type { Disposable } from '../../shared/disposable.ts';
import type { Result } from '../../shared/result.ts';
import type { CloseFailure, TaskIdentity } from './format.ts';

/** What can be said of a task through a tool: how it ended, that it was begun, and that it was put back. */
export type ToolStatus = 'completed' | 'failed' | 'cancelled' | 'in_progress' | 'pending';

/** A plan that a program keeps (beads): read and changed through that program, not through a text file. */
export interface ToolPlan {
  /** Its folder, relative to the workspace, with `/`: the `file` of what is read, and the source of its tasks. */
  readonly place: string;
  /** Reads it now. `null`: there is nothing (any more). What is wrong is in the problems; it never throws for the tool. */
  read(): Promise<SourceSnapshot | null>;
  /** Changes one task's status; `unchanged` where the tool keeps what it had. Has a time limit of its own. */
  write(
    task: TaskIdentity,
    status: ToolStatus,
  ): Promise<Result<'changed' | 'unchanged', CloseFailure>>;
  /** Makes open tasks of these titles, in this group (`null`: in none); their ids. The failure is a sentence or two. */
  add(titles: readonly string[], group: string | null): Promise<Result<readonly string[], string>>;
  /** Calls whenever it may have changed, whoever changed it, and never more often than every 5 s. */
  follow(mayHaveChanged: () => void): Disposable;
}

/** Where beads' own program is. A function, where that can change while a plan is open. */
export type BdPath = string | (() => string | undefined);

/** What opening a tool's plan needs. */
export interface ToolPlanOptions {
  /** Absolute. */
  readonly workspaceRoot: string;
  readonly place: string;
  /** Whether a program may be started: not in a workspace that nobody trusts. Asked before every start. */
  readonly mayRun: () => boolean;
  /**
   * beads' own program: a name on the `PATH`, or an absolute path; a function is asked before every start. Default: `bd`.
   */
  readonly bd?: BdPath | undefined;
}
