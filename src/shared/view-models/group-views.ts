import type { Failure, FailureReason } from '../failure.ts';
import type { AgentId, GroupId, GroupKey, RunId, SourceId, TaskId, TaskKey } from '../ids.ts';
import type { Phase, TaskStatus } from '../status.ts';
import type { StagePart } from './workflow-view.ts';

/**
 * What every view shows: the tree, the status panel, Group Status, the status bar and the command line are all drawn
 * from these projections and from nothing else. Times are ms since the epoch; `null` means "not yet" or "none".
 */

/** Finer than a status, for icon and colour only. */
export type TaskAppearance =
  | 'pending'
  | 'waiting'
  | 'queued'
  | 'blocked'
  | 'running'
  | 'needs_you'
  | 'throttled'
  | 'backing_off'
  | 'stopping'
  | 'completed'
  | 'proven'
  | 'failed'
  | 'cancelled';

export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** USD; `null` where the agent does not say. */
  readonly costUsd: number | null;
  /** Whether a part of the cost comes from a table of prices. */
  readonly costEstimated?: boolean;
}

/**
 * One thing that speaks for or against a task having been done. `unnamed`: changed files that nobody named. `report`: the
 * result file that an agent may leave. `tests`: the task's own `test:` command. `person`: the last word on an interactive attempt.
 */
export interface Evidence {
  readonly kind:
    'exit' | 'result' | 'permissions' | 'diff' | 'unnamed' | 'report' | 'tests' | 'person';
  readonly ok: boolean;
  /** A sentence; of a failed test command also the end of its output, from the second line on. */
  readonly detail: string;
  /** `warning`: nothing against it, but to be looked at. `neutral`: it says nothing either way. */
  readonly note?: 'warning' | 'neutral' | undefined;
}

export interface Place {
  /** Path relative to the workspace, with `/`. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
}

/** A dependency that holds a task back. */
export interface Blocker {
  readonly key: TaskKey;
  readonly id: string;
  /** The word that explains it: `pending`, `in progress`, `failed`, `unknown`, … */
  readonly status: string;
}

export interface TaskView {
  readonly key: TaskKey;
  readonly id: TaskId;
  readonly title: string;
  readonly status: TaskStatus;
  readonly appearance: TaskAppearance;
  /** The one fact that matters now, as shown after the title; never an id twice. */
  readonly detail: string;
  readonly place: Place;
  readonly priority: number;
  readonly subagent: string;
  readonly subagentReason: 'metadata' | 'detected' | 'default';
  readonly agent: AgentId | null;
  /** The shell line of a `run:` task. */
  readonly run: string | null;
  /** The shell line that proves it; absent: none. */
  readonly test?: string | undefined;
  /** Whether it says that no file has to change. */
  readonly noChange?: true | undefined;
  readonly files: readonly string[];
  readonly dependencies: readonly {
    readonly key: TaskKey;
    readonly id: string;
    readonly status: TaskStatus | 'unknown';
  }[];
  readonly blockedBy: readonly Blocker[];
  /** Open in its source, and ours to launch: a run of its group would start it, or say what blocks it. */
  readonly launchable: boolean;
  readonly wave: number;
  readonly attempts: number;
  readonly maxAttempts: number;
  /** What its newest or next attempt is, where that takes a session up again: `repair 1 of 1`; else `null`. */
  readonly takesUp: string | null;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /** When a waiting attempt is due (backing off, throttled). */
  readonly dueAt: number | null;
  readonly step: string | null;
  readonly usage: Usage | null;
  readonly summary: string | null;
  readonly evidence: readonly Evidence[];
  readonly failure: Failure | null;
  /** Absolute directory of the newest attempt, where `output.log` is. */
  readonly attemptDir: string | null;
  /** Process id of the newest attempt's runner: identifies its terminal. */
  readonly runnerPid: number | null;
  /** The proven task's plan file could not be changed yet; why. */
  readonly closeProblem: string | null;
  /** Why it is not running, in one sentence; `null` where it runs, is over, or failed in an attempt of its own. */
  readonly why: string | null;
  /** Whether a person can say something to its agent now, at work or after it. */
  readonly canNudge: boolean;
  /** Whether a person is asked if it is proven. */
  readonly asksProof: boolean;
  /** Whether it alone can be stopped now. */
  readonly canStop: boolean;
}

export interface PhaseView {
  readonly phase: Phase;
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'skipped';
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /** `context fresh`, `4 launched`, `2 done, 1 running`, `npm test`. */
  readonly detail: string;
}

export interface TestFailure {
  readonly name: string;
  readonly message: string;
}

/** What a run of the test suite said. `none`: no test command, or it found no tests; never a pass. */
export interface TestsView {
  readonly status: 'passed' | 'failed' | 'none' | 'skipped';
  readonly command: string | null;
  readonly total: number | null;
  readonly passed: number | null;
  readonly failed: number | null;
  readonly durationMs: number;
  readonly failures: readonly TestFailure[];
  /** A sentence for a person. */
  readonly message: string;
}

export interface ProblemView {
  readonly severity: 'error' | 'warning';
  readonly code: string;
  readonly message: string;
  readonly place: Place | null;
}

/** What was counted of a number of attempts. */
export interface MetricsRow {
  /** The agent, or subagent; empty for all together. */
  readonly name: string;
  readonly attempts: number;
  readonly successes: number;
  readonly failures: readonly { readonly reason: FailureReason; readonly count: number }[];
  /** 0 to 1; without attempts that were throttled, stopped by a person or interrupted. `null` before the first. */
  readonly successRate: number | null;
  readonly throttles: number;
  /** Attempts after a failed one that began anew; `repairs`: that took its session up again. */
  readonly retries: number;
  readonly repairs: number;
  /** How long half, and 95 %, of the attempts took at most, within 1 %. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** USD; `null` where nobody says. */
  readonly costUsd: number | null;
  /** Whether a part of the cost comes from a table of prices. */
  readonly costEstimated?: boolean;
}

/** The metrics of one run. */
export interface MetricsView {
  readonly total: MetricsRow;
  readonly agents: readonly MetricsRow[];
  readonly subagents: readonly MetricsRow[];
}

export interface RunView {
  readonly id: RunId;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly phase: Phase;
  readonly phases: readonly PhaseView[];
  readonly state: 'running' | 'stopping' | 'ended' | 'suspended';
  /** `mine`: this process coordinates; `other`: another window or command line does; `nobody`: unfinished and free to resume. */
  readonly holder: 'mine' | 'other' | 'nobody';
  readonly holderName: string | null;
  readonly maxConcurrent: number;
  readonly baseline: TestsView | null;
  readonly tests: TestsView | null;
  readonly usage: Usage | null;
  /** What it has spent of its budget, in words; `null`: it has none. */
  readonly budget: string | null;
  readonly metrics: MetricsView;
  readonly warnings: readonly string[];
  readonly errors: readonly string[];
  readonly exitCode: number | null;
  readonly refreshCompleted: boolean | null;
  /** Tasks for the plan that a failing suite suggests; shown, never added by themselves. */
  readonly proposedTasks: readonly string[];
  /** The part of a workflow that it is; `null`: none. */
  readonly stage: StagePart | null;
}

export interface GroupCounts {
  readonly total: number;
  readonly completed: number;
  readonly running: number;
  readonly blocked: number;
  readonly failed: number;
  readonly cancelled: number;
}

export interface GroupView {
  readonly key: GroupKey;
  readonly id: GroupId;
  /** `Sequential` for unmarked tasks, else the id. */
  readonly title: string;
  readonly source: SourceId;
  readonly sequential: boolean;
  readonly status: TaskStatus;
  /** `2/4 · running · 1 blocked`. Elapsed time is added by the view from `run.startedAt`. */
  readonly detail: string;
  readonly counts: GroupCounts;
  readonly tasks: readonly TaskView[];
  readonly waves: readonly (readonly TaskKey[])[];
  readonly problems: readonly ProblemView[];
  readonly run: RunView | null;
  readonly canRun: boolean;
  readonly canStop: boolean;
  readonly canRetry: boolean;
}
