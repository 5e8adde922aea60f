import type { GroupId, GroupKey, SourceId, TaskId, TaskKey } from '../../shared/ids.ts';
import type { TaskStatus } from '../../shared/status.ts';
import type { Place, ProblemView } from '../../shared/view-models/group-views.ts';

/** What a task source says of a task's state, in our words and in its own. */
export interface SourceStatus {
  readonly status: TaskStatus;
  /** The source's word (`[x]`, `in-progress`, `deferred`), for messages. */
  readonly word: string;
  /** `false` for work that is not ours to launch: done, in progress elsewhere, deferred, of an unknown status. */
  readonly launchable: boolean;
}

/** One unit of work as its source describes it; the same shape for every format. */
export interface Task {
  readonly key: TaskKey;
  readonly id: TaskId;
  readonly source: SourceId;
  /** One line, without checkbox, number and markers. */
  readonly title: string;
  /** Whatever else the source says of it; may be empty. Untrusted text. */
  readonly description: string;
  readonly status: SourceStatus;
  readonly group: { readonly id: GroupId; readonly inferred: boolean } | null;
  /** In the source's order, without repeats. May name tasks that do not exist. */
  readonly dependencies: readonly TaskKey[];
  readonly subagent: string | null;
  readonly fallbackAgents: readonly string[];
  readonly skills: readonly string[];
  /** Paths relative to the workspace that the task names. */
  readonly files: readonly string[];
  /** Tasks that must not run at the same time as this one, whatever the order. May name tasks that do not exist. */
  readonly conflictsWith: readonly TaskKey[];
  readonly contextFiles: readonly string[];
  /** 0 (most urgent) … 4; 2 where the source says nothing. */
  readonly priority: number;
  /** A shell line to run instead of an agent. */
  readonly run: string | null;
  /** A shell line that proves it, run once its agent ended well; absent: none. */
  readonly test?: string;
  /** Whether no file is expected to change; absent: as its subagent says. */
  readonly noChange?: true;
  /** Whether its agent runs in its own user interface, for a person to work with; absent: as the configuration says. */
  readonly interactive?: boolean;
  readonly place: Place;
  /** `<normalised title>` plus `#<ordinal>/<count>` where repeated: recognises the task after a renumbering. */
  readonly fingerprint: string;
}

/** A diagnostic: what is wrong, where, and what to do about it. Positions are 1-based; columns count UTF-16 units. */
export interface Problem extends ProblemView {
  readonly place: Place;
  /** Whose it is, in a file of several sources: shown when they are. Default: everybody's. */
  readonly source?: SourceId;
  readonly range: {
    readonly startColumn: number;
    readonly endLine: number;
    readonly endColumn: number;
  } | null;
  /** The tasks that it is about, first the one that it points at; a cycle in its order. */
  readonly tasks?: readonly TaskKey[];
  /** The reference as it is written, where it is about one. */
  readonly written?: string;
}

/** What a plan says of the whole job, for the blackboard of its runs. */
export interface PlanContext {
  readonly requirements: readonly string[];
  readonly constraints: readonly string[];
  readonly decisions: readonly string[];
}

/**
 * One reading of one file, or of what a tool keeps. Most files are one source; one can hold several (Task Master's tags),
 * and several can make one (ccpm's epics): each task names its own.
 */
export interface SourceSnapshot {
  /** Path relative to the workspace, with `/`; of a tool, its folder. */
  readonly file: string;
  /** SHA-256 (hex) of the bytes that were read. */
  readonly hash: string;
  readonly tasks: readonly Task[];
  readonly problems: readonly Problem[];
  readonly context?: PlanContext;
  /** Sources that are shown only when a person asks for them. */
  readonly onDemand?: readonly SourceId[];
}

/** Tasks of one source that carry the same marker, in source order. */
export interface Group {
  readonly key: GroupKey;
  readonly id: GroupId;
  readonly source: SourceId;
  readonly inferred: boolean;
  readonly tasks: readonly Task[];
}

/** Everything that is known of the workspace's plans at one moment. */
export interface Plan {
  readonly sources: readonly SourceSnapshot[];
  /** Sources that were read and are not shown, because nobody asked for them. */
  readonly onDemand: readonly SourceId[];
  readonly groups: readonly Group[];
  readonly tasks: ReadonlyMap<TaskKey, Task>;
  /** Problems of the sources and those that only the whole shows (unknown dependency, cycle, shared files). */
  readonly problems: readonly Problem[];
}
