import type { Spent, TestsResult } from '../../../../src/coordinator/run/state/state.ts';
import type { Resume, SuiteJob } from '../../../../src/coordinator/schema/events.ts';
import type { PlannedTask, RunSpec } from '../../../../src/coordinator/schema/run-spec.ts';
import type { TaskKey } from '../../../../src/shared/ids.ts';
import type { Phase, TaskStatus } from '../../../../src/shared/status.ts';
import type { Blocker, Usage } from '../../../../src/shared/view-models/group-views.ts';

/**
 * The oracle: the same run as immutable records without a single index. Every derived value is computed from scratch,
 * in the simplest way, on each request.
 */
export interface Model {
  readonly plan: RunSpec;
  readonly tasks: readonly ModelTask[];
  readonly checks: Readonly<Record<SuiteJob, ModelCheck>>;
  /** By provider. */
  readonly windows: Readonly<Record<string, ModelWindow>>;
  /** By agent. */
  readonly breakers: Readonly<Record<string, ModelBreaker>>;
  readonly startedAt: number;
  readonly now: number;
  readonly budget: 'open' | 'warned' | 'spent';
  readonly testsMissed: boolean;
  readonly phase: Phase | null;
  readonly cancelled: boolean;
  readonly timedOut: boolean;
  readonly ended: TaskStatus | null;
}

export interface ModelTask {
  readonly planned: PlannedTask;
  readonly index: number;
  readonly outside: readonly Blocker[];
  readonly progress: Progress;
  readonly attempt: number;
  readonly revokedCount: number;
  readonly retries: number;
  /** For each refusal of its provider: the number of successes that the provider had before. */
  readonly refusedAfter: readonly number[];
  /** Launch time of its first attempt, ms. */
  readonly since: number | null;
  readonly choice: number;
  readonly repairs: number;
  /** Session of its newest attempt, if known. */
  readonly session: string | null;
  readonly resume: Resume | null;
  readonly stop: boolean;
  /** Why it has to stop, if the user did not request it. */
  readonly why: 'limit' | 'budget' | null;
  /** Sequence number of the event that requested its newest attempt. */
  readonly launchedAs: number;
  /** The cost of each attempt that ended. */
  readonly spent: readonly Spent[];
  readonly live: Usage | null;
}

/** The progress of the task itself; whether an idle task waits, is ready or is blocked follows from the other tasks. */
export type Progress =
  | { readonly kind: 'idle' | 'failed' | 'cancelled' | 'excluded' }
  | { readonly kind: 'held'; readonly until: number }
  | { readonly kind: 'running'; readonly stopping: boolean }
  | { readonly kind: 'verifying'; readonly requested: boolean }
  | {
      readonly kind: 'completed';
      readonly close: 'open' | 'requested' | 'closed' | 'problem';
    };

export interface ModelCheck {
  readonly kind: 'idle' | 'running' | 'stopping' | 'ended';
  readonly attempt: number;
  readonly interrupted: number;
  readonly tests: TestsResult['status'] | null;
}

export interface ModelWindow {
  readonly limit: number;
  readonly closedUntil: number;
  /** Successes since the limit last changed. */
  readonly consecutiveSuccesses: number;
  readonly succeeded: number;
}

export interface ModelBreaker {
  /** The task of each consecutive failure that is the agent's own fault. */
  readonly row: readonly TaskKey[];
  readonly openUntil: number | null;
  readonly trial: TaskKey | null;
}
