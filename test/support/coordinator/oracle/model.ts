import type { Spent, TestsResult } from '../../../../src/coordinator/run/state/state.ts';
import type { Resume, SuiteJob } from '../../../../src/coordinator/schema/events.ts';
import type { PlannedTask, RunSpec } from '../../../../src/coordinator/schema/run-spec.ts';
import type { TaskKey } from '../../../../src/shared/ids.ts';
import type { Phase, TaskStatus } from '../../../../src/shared/status.ts';
import type { Blocker, Usage } from '../../../../src/shared/view-models/group-views.ts';

/**
 * The oracle: the same run told by immutable records without a single index. Whatever can be computed is computed
 * from scratch, in the plainest way, each time that it is asked for.
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
  /** For each refusal of its provider: how many successes that one had before. */
  readonly refusedAfter: readonly number[];
  /** When its first attempt was launched, ms. */
  readonly since: number | null;
  readonly choice: number;
  readonly repairs: number;
  /** Of its newest attempt, as far as it is known. */
  readonly session: string | null;
  readonly resume: Resume | null;
  readonly stop: boolean;
  /** Why it has to stop, where no person asked for it. */
  readonly why: 'limit' | 'budget' | null;
  /** The event that requested its newest attempt. */
  readonly launchedAs: number;
  /** Of each attempt that ended. */
  readonly spent: readonly Spent[];
  readonly live: Usage | null;
}

/** What happened to a task itself; whether an idle one waits, is ready or blocked follows from the others. */
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
  /** The task of each of the agent's own failures in a row. */
  readonly row: readonly TaskKey[];
  readonly openUntil: number | null;
  readonly trial: TaskKey | null;
}
