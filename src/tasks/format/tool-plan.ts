import type { SourceSnapshot } from '../../coordinator/schema/task.ts';
import type { Disposable } from '../../shared/disposable.ts';
import type { Result } from '../../shared/result.ts';
import type { CloseFailure, TaskIdentity } from './format.ts';

/** A status that can be written through a tool: the task ended, started, or was put back. */
export type ToolStatus = 'completed' | 'failed' | 'cancelled' | 'in_progress' | 'pending';

/** A plan that a program keeps (beads); reads and changes go through that program, not through a text file. */
export interface ToolPlan {
  /** The plan's folder, relative to the workspace, with `/`: the `file` of snapshots and the source of tasks. */
  readonly place: string;
  /** Reads the plan; `null` if it does not (or no longer) exist. Tool failures become problems and never throw. */
  read(): Promise<SourceSnapshot | null>;
  /** Changes one task's status; `unchanged` if the tool keeps its status. Has its own time limit. */
  write(
    task: TaskIdentity,
    status: ToolStatus,
  ): Promise<Result<'changed' | 'unchanged', CloseFailure>>;
  /** Adds open tasks to `group` (`null`: to none) and returns their ids. The failure is one sentence or two. */
  add(titles: readonly string[], group: string | null): Promise<Result<readonly string[], string>>;
  /** Calls back when any process may have changed the plan, at most once every 5 s. */
  follow(mayHaveChanged: () => void): Disposable;
}

/** The path of the bd program; a function if the path can change while a plan is open. */
export type BdPath = string | (() => string | undefined);

/** The options for opening a tool's plan. */
export interface ToolPlanOptions {
  /** Absolute. */
  readonly workspaceRoot: string;
  /** Folder of the plan, relative to the workspace, with `/`. */
  readonly place: string;
  /** Whether programs may be started: `false` in an untrusted workspace. Called before every start. */
  readonly mayRun: () => boolean;
  /** The bd program: a name on the `PATH` or an absolute path; default: `bd`. Functions are called before any start. */
  readonly bd?: BdPath | undefined;
}
