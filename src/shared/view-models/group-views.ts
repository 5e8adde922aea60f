import type { Failure, FailureReason } from '../failure.ts';
import type { AgentId, GroupId, GroupKey, RunId, SourceId, TaskId, TaskKey } from '../ids.ts';
import type { Phase, TaskStatus } from '../status.ts';
import type { StagePart } from './workflow-view.ts';

/**
 * Projections that the tree, the status panel, Group Status, the status bar and the command line are drawn from. Times
 * are ms since the epoch; `null` means "not yet" or "none".
 */

/** More specific than a status; for icon and colour only. */
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
  /** USD; `null` if the agent reports no cost. */
  readonly costUsd: number | null;
  /** Whether a part of the cost is estimated from prices. */
  readonly costEstimated?: boolean;
}

/**
 * Evidence for or against a task's completion. `unnamed`: changed files that no task names. `report`: the agent's
 * result file. `tests`: the task's own `test:` command. `person`: the user's decision on an interactive attempt.
 */
export interface Evidence {
  readonly kind:
    | 'exit'
    | 'result'
    | 'permissions'
    | 'diff'
    | 'unnamed'
    | 'report'
    | 'tests'
    | 'person';
  readonly ok: boolean;
  /** A sentence; for a failed test command followed by the end of its output. */
  readonly detail: string;
  /** `warning`: worth checking. `neutral`: neither for nor against. */
  readonly note?: 'warning' | 'neutral' | undefined;
}

export interface Place {
  /** Path relative to the workspace, with `/`. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
}

/** A dependency that blocks a task. */
export interface Blocker {
  readonly key: TaskKey;
  readonly id: string;
  /** Its status: `pending`, `in progress`, `failed`, `unknown`, … */
  readonly status: string;
}

export interface TaskView {
  readonly key: TaskKey;
  readonly id: TaskId;
  readonly title: string;
  readonly status: TaskStatus;
  readonly appearance: TaskAppearance;
  /** The most relevant fact, shown after the title; never repeats an id. */
  readonly detail: string;
  readonly place: Place;
  readonly priority: number;
  readonly subagent: string;
  readonly subagentReason: 'metadata' | 'detected' | 'default';
  readonly agent: AgentId | null;
  /** The shell line of a `run:` task. */
  readonly run: string | null;
  /** The shell line that verifies it; absent: none. */
  readonly test?: string | undefined;
  /** Whether it is marked as changing no file. */
  readonly noChange?: true | undefined;
  readonly files: readonly string[];
  readonly dependencies: readonly {
    readonly key: TaskKey;
    readonly id: string;
    readonly status: TaskStatus | 'unknown';
  }[];
  readonly blockedBy: readonly Blocker[];
  /** Open in its source and launchable: a run of its group would start it or report what blocks it. */
  readonly launchable: boolean;
  readonly wave: number;
  readonly attempts: number;
  readonly maxAttempts: number;
  /** Label of its newest or next attempt if that resumes a session: `repair 1 of 1`; else `null`. */
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
  /** Why the proven task's plan file could not be changed yet. */
  readonly closeProblem: string | null;
  /** Why it is not running, in one sentence; `null` if it is running, over, or failed in an attempt of its own. */
  readonly why: string | null;
  /** Whether the user can send its agent a message now, during or after its work. */
  readonly canNudge: boolean;
  /** Whether the user is asked to accept it. */
  readonly asksProof: boolean;
  /** Whether it can be stopped separately now. */
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

/** Result of a test suite. `none`: no test command, or no tests found; never a pass. */
export interface TestsView {
  readonly status: 'passed' | 'failed' | 'none' | 'skipped';
  readonly command: string | null;
  readonly total: number | null;
  readonly passed: number | null;
  readonly failed: number | null;
  readonly durationMs: number;
  readonly failures: readonly TestFailure[];
  /** A sentence for the user. */
  readonly message: string;
}

export interface ProblemView {
  readonly severity: 'error' | 'warning';
  readonly code: string;
  readonly message: string;
  readonly place: Place | null;
}

/** Statistics of a set of attempts. */
export interface MetricsRow {
  /** The agent or subagent; empty for the total. */
  readonly name: string;
  readonly attempts: number;
  readonly successes: number;
  readonly failures: readonly { readonly reason: FailureReason; readonly count: number }[];
  /** 0 to 1, excluding attempts that were throttled, stopped by the user or interrupted. `null` before the first. */
  readonly successRate: number | null;
  readonly throttles: number;
  /** Attempts in a new session after a failed one; `repairs`: attempts that resumed the session. */
  readonly retries: number;
  readonly repairs: number;
  /** Median and 95th percentile of the durations, within 1 %. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** USD; `null` if unknown. */
  readonly costUsd: number | null;
  /** Whether a part of the cost is estimated from prices. */
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
  /** `mine`: this process coordinates; `other`: another window or command line; else unfinished and free to resume. */
  readonly holder: 'mine' | 'other' | 'nobody';
  readonly holderName: string | null;
  readonly maxConcurrent: number;
  readonly baseline: TestsView | null;
  readonly tests: TestsView | null;
  readonly usage: Usage | null;
  /** Spent part of its budget, for display; `null`: no budget. */
  readonly budget: string | null;
  readonly metrics: MetricsView;
  readonly warnings: readonly string[];
  readonly errors: readonly string[];
  readonly exitCode: number | null;
  readonly refreshCompleted: boolean | null;
  /** Tasks that a failing suite suggests for the plan; never added automatically. */
  readonly proposedTasks: readonly string[];
  /** Its part in a workflow; `null`: none. */
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
  /** The format of its source, for people, such as `Markdown`. */
  readonly format: string;
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
