import type { GroupId, GroupKey, SourceId, TaskId, TaskKey } from '../../shared/ids.ts';
import type { TaskStatus } from '../../shared/status.ts';
import type { Place, ProblemView } from '../../shared/view-models/group-views.ts';

/** A task's status in its source, normalised and in the source's own word. */
export interface SourceStatus {
  readonly status: TaskStatus;
  /** The source's word (`[x]`, `in-progress`, `deferred`), for messages. */
  readonly word: string;
  /** `false` for tasks that no run starts: done, in progress elsewhere, deferred, unknown status. */
  readonly launchable: boolean;
}

/** A task as described by its source, in the same shape for every format. */
export interface Task {
  readonly key: TaskKey;
  readonly id: TaskId;
  readonly source: SourceId;
  /** One line, without checkbox, number and markers. */
  readonly title: string;
  /** Remaining text of the source; may be empty. Untrusted. */
  readonly description: string;
  readonly status: SourceStatus;
  readonly group: { readonly id: GroupId; readonly inferred: boolean } | null;
  /** In source order, without duplicates. May name tasks that do not exist. */
  readonly dependencies: readonly TaskKey[];
  readonly subagent: string | null;
  readonly fallbackAgents: readonly string[];
  readonly skills: readonly string[];
  /** Paths relative to the workspace that the task names. */
  readonly files: readonly string[];
  /** Tasks that must not run at the same time as this one, in any order. May name tasks that do not exist. */
  readonly conflictsWith: readonly TaskKey[];
  readonly contextFiles: readonly string[];
  /** 0 (most urgent) … 4; default 2. */
  readonly priority: number;
  /** A shell line to run instead of an agent. */
  readonly run: string | null;
  /** A shell line that verifies it after its agent succeeded; absent: none. */
  readonly test?: string;
  /** Whether it changes no file; absent: determined by its subagent. */
  readonly noChange?: true;
  /** Whether its agent runs in its own user interface; absent: as configured. */
  readonly interactive?: boolean;
  readonly place: Place;
  /** `<normalised title>` plus `#<ordinal>/<count>` if repeated: identifies the task after a renumbering. */
  readonly fingerprint: string;
}

/** A diagnostic with its place and remedy. Positions are 1-based; columns count UTF-16 units. */
export interface Problem extends ProblemView {
  readonly place: Place;
  /** Source it belongs to, in a file of several sources: shown only together with it. Default: all. */
  readonly source?: SourceId;
  readonly range: {
    readonly startColumn: number;
    readonly endLine: number;
    readonly endColumn: number;
  } | null;
  /** Affected tasks, first the one that it points at; a cycle in its order. */
  readonly tasks?: readonly TaskKey[];
  /** The reference as written, if it concerns one. */
  readonly written?: string;
}

/** Context of the whole job, for the blackboard of the plan's runs. */
export interface PlanContext {
  readonly requirements: readonly string[];
  readonly constraints: readonly string[];
  readonly decisions: readonly string[];
}

/**
 * One reading of a file or of a tool's data. Most files are one source; one can hold several (Task Master's tags), and
 * several can form one (ccpm's epics): each task names its own.
 */
export interface SourceSnapshot {
  /** Path relative to the workspace, with `/`; for a tool, its folder. */
  readonly file: string;
  /** The name for people of the format that it was read in; empty if it could not be read. */
  readonly format: string;
  /** SHA-256 (hex) of the bytes read. */
  readonly hash: string;
  readonly tasks: readonly Task[];
  readonly problems: readonly Problem[];
  readonly context?: PlanContext;
  /** Sources that are shown only if the user selects them. */
  readonly onDemand?: readonly SourceId[];
}

/** Tasks of one source that carry the same marker, in source order. */
export interface Group {
  readonly key: GroupKey;
  readonly id: GroupId;
  readonly source: SourceId;
  /** The format of its source, for people, such as `Markdown`. */
  readonly format: string;
  readonly inferred: boolean;
  readonly tasks: readonly Task[];
}

/** A snapshot of all plans of the workspace. */
export interface Plan {
  readonly sources: readonly SourceSnapshot[];
  /** On-demand sources that were read but not selected. */
  readonly onDemand: readonly SourceId[];
  readonly groups: readonly Group[];
  readonly tasks: ReadonlyMap<TaskKey, Task>;
  /** Problems of the sources and those that only the whole shows (unknown dependency, cycle, shared files). */
  readonly problems: readonly Problem[];
}
