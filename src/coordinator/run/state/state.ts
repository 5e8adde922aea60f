import type * as z from 'zod/mini';
import type { Failure } from '../../../shared/failure.ts';
import type { AgentId, TaskKey } from '../../../shared/ids.ts';
import type { Phase, TaskStatus } from '../../../shared/status.ts';
import type { Blocker, Evidence, Usage } from '../../../shared/view-models/group-views.ts';
import type { RunMeasure } from '../../metrics/measure.ts';
import type { Outcome } from '../../schema/attempt.ts';
import type { Resume, SuiteJob, testsSchema } from '../../schema/events.ts';
import type { PostedResult } from '../../schema/posted.ts';
import type { PlannedTask, RunSpec } from '../../schema/run-spec.ts';
import type { AgentState, ProviderWindow } from './agent-state.ts';
import type { ReadyQueue } from './ready-queue.ts';

export type TestsResult = z.infer<typeof testsSchema>;

/**
 * A task within a run.
 *
 *     waiting ──► ready ──► running ──► verifying ──► completed
 *        │          ▲  ▲        │           │
 *        │          │  └─ held ◄┤           ├──────► failed
 *        │          │           │           └──────► ready, to be repaired
 *        ▼          │           ├──► failed
 *     blocked ──────┘           └──► cancelled   (waiting, ready, held and blocked can be cancelled too)
 *
 * A person's nudge takes what is completed, failed or cancelled back to ready, as long as the run works on tasks.
 * `excluded` tasks (done or in progress elsewhere when the run started) stay where they are.
 */
export type TaskState =
  | { readonly kind: 'excluded'; readonly word: string }
  /** Dependencies of this run are not done yet. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'ready' }
  /** It will be ready at `until` (ms). */
  | { readonly kind: 'held'; readonly until: number; readonly why: 'backoff' | 'throttled' }
  | {
      readonly kind: 'running';
      stage: 'requested' | 'claimed' | 'stopping';
      readonly requestedAt: number;
      pid: number | null;
      step: string | null;
      needsYou: string | null;
      throttledUntil: number | null;
    }
  /** `stopping`: its own test is being stopped; no other part of verification takes long. */
  | { readonly kind: 'verifying'; stage: 'wanted' | 'requested' | 'stopping' | 'asked' }
  | { readonly kind: 'completed'; close: CloseState }
  | { readonly kind: 'blocked'; readonly by: readonly Blocker[] }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'cancelled' };

/** Whether the plan file marks it as done, too. */
export type CloseState =
  | { readonly kind: 'open' }
  | { readonly kind: 'requested' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'problem'; readonly message: string };

/** State of one task of the run. */
export interface TaskRecord {
  readonly planned: PlannedTask;
  /** Position in source order. */
  readonly index: number;
  readonly dependents: TaskRecord[];
  readonly dependencies: TaskRecord[];
  /** Locks that it holds while it runs. */
  readonly lockRequests: LockRequest[];
  /** The lock's wait queue it is parked in; `null`: not parked, or not yet at the head of its agent's queue. */
  waitQueue: ReadyQueue<TaskRecord> | null;
  /** The request whose wait queue it returned from, so that the next one follows. */
  wokenBy: LockRequest | null;
  /** Unmet dependencies within the run. */
  unmet: number;
  /** Longest expected path from here to the end of the run, ms. */
  pathMs: number;
  outside: readonly Blocker[];
  state: TaskState;
  /** Number of the newest attempt; 0 = never requested. */
  attempt: number;
  /** Attempts that were revoked before they started. They do not count. */
  revokedCount: number;
  /** Retries with the agent of `choice`. */
  retries: number;
  /** Throttles in the whole run. */
  throttles: number;
  /** Consecutive throttles. Reset when the provider's success count exceeds `refusedAfter`. */
  refusals: number;
  refusedAfter: number;
  interrupted: number;
  /** Index into `planned.agents`. */
  choice: number;
  /** Attempts that repaired missing evidence. */
  repairs: number;
  /** Session of its newest attempt, with the agent of `choice`; `null`: unknown, or another agent is next. */
  session: string | null;
  /** Session that its newest attempt resumed or its next one will; `null`: a new session. */
  resume: Resume | null;
  /** Usage of this session's finished attempts, which a resumed session may include in its reports. */
  sessionUsage: Usage | null;
  startedAt: number | null;
  endedAt: number | null;
  /** Bytes of the newest attempt's events that are in the journal. */
  offset: number;
  outcome: Outcome | null;
  /** Usage of finished attempts; the running one's is `liveUsage`. */
  usage: Usage | null;
  liveUsage: Usage | null;
  evidence: readonly Evidence[];
  changedFiles: readonly string[];
  cancelRequested: boolean;
  /** Why its newest attempt was stopped, unless the user requested it. */
  stopWhy: 'limit' | 'budget' | null;
  /** Sequence number of the event that requested its newest attempt, which orders attempts by start. */
  launchedAs: number;
  /**
   * Sequence number of the last event that may have changed this record. Progress of other tasks is not a change: what a
   * waiting task waits for, or why a ready one does not start, can differ at the same revision.
   */
  revision: number;
  /** The user's decision on its start, if approval is required. */
  approval: 'none' | 'asked' | 'allowed';
}

/**
 *     idle ──► requested ──► claimed ──► ended        (revoked: back to idle)
 */
export type SuiteState =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'running';
      stage: 'requested' | 'claimed' | 'stopping';
      readonly requestedAt: number;
      pid: number | null;
    }
  | {
      readonly kind: 'ended';
      readonly outcome: Outcome;
      readonly tests: TestsResult | null;
      readonly requestedAt: number;
      readonly endedAt: number;
    };

export interface SuiteRecord {
  state: SuiteState;
  attempt: number;
  offset: number;
  /** Number of times its runner vanished. */
  interrupted: number;
}

/** A lock that keeps tasks from running at the same time. */
export interface ResourceLock {
  /** Shared path; `null` if the source declares the conflict. */
  readonly path: string | null;
  /** Tasks that hold it, running or verifying: one exclusive holder or any number of shared ones. */
  readonly live: Set<TaskRecord>;
  /** Whether the holder is exclusive. */
  heldExclusively: boolean;
  /** Parked tasks by agent: exclusive and shared requests. */
  readonly waitQueues: Readonly<
    Record<'exclusive' | 'shared', Map<AgentId, ReadyQueue<TaskRecord>>>
  >;
}

/** A task's request for a lock. */
export interface LockRequest {
  readonly lock: ResourceLock;
  /** Whether it needs the lock exclusively. */
  readonly exclusive: boolean;
}

/** Spending of attempts. */
export interface Spent {
  /** Whole nano-dollars. */
  costNanos: number;
  /** Input and output tokens together. */
  tokens: number;
}

/** A violation or warning of a policy. */
export interface PolicyFinding {
  readonly severity: 'warning' | 'violation';
  readonly code: 'BUDGET' | 'POLICY_VIOLATION';
  /** `null`: it concerns the whole run. */
  readonly task: TaskKey | null;
  readonly message: string;
}

/** State of a run's policies. */
export interface PolicyState {
  /** Spending of all attempts, including running ones. */
  readonly spent: Spent;
  /** Whether a part of the cost is estimated from prices. */
  costEstimated: boolean;
  /** Last budget finding that was reported. */
  budget: 'open' | 'warned' | 'spent';
  /** Whether missing results of required tests were reported. */
  testsMissed: boolean;
  /** Why launches on this machine are paused; `null`: they are not. */
  launchPaused: string | null;
  /** Number of parallel attempts that the window allows this run; `null`: unlimited. */
  quota: number | null;
  readonly findings: PolicyFinding[];
  /** Ready tasks that need approval, and those with a pending question. */
  readonly toApprove: ReadyQueue<TaskRecord>;
  readonly asked: Set<TaskRecord>;
}

/** The state of one run, owned and changed by `evolve` only. */
export interface RunState {
  readonly plan: RunSpec;
  readonly tasks: ReadonlyMap<TaskKey, TaskRecord>;
  readonly order: readonly TaskRecord[];
  readonly suites: Readonly<Record<SuiteJob, SuiteRecord>>;
  /** Ready tasks by agent, excluding those parked on a lock. The head of each queue may start. */
  readonly ready: Map<AgentId, ReadyQueue<TaskRecord>>;
  readonly held: ReadyQueue<TaskRecord>;
  readonly toVerify: Set<TaskRecord>;
  readonly toCancel: Set<TaskRecord>;
  /** In source order. A queue, because a set that is emptied from its front gets slow. */
  readonly toClose: ReadyQueue<TaskRecord>;
  /** All agents that the plan names. */
  readonly agents: ReadonlyMap<AgentId, AgentState>;
  /** By provider. */
  readonly windows: ReadonlyMap<string, ProviderWindow>;
  /** Tasks with a running time limit, next due first; empty without limits. */
  readonly timed: ReadyQueue<TaskRecord>;
  readonly resourceLocks: readonly ResourceLock[];
  readonly policy: PolicyState;
  readonly phases: Map<Phase, number>;
  readonly warnings: string[];
  /** Metrics of its attempts. */
  readonly measure: RunMeasure;
  /** Blackboard results in order of arrival, by attempt and task. */
  readonly results: Map<string, PostedResult>;
  seq: number;
  startedAt: number;
  /** Time of the last event, ms. */
  now: number;
  epoch: number;
  phase: Phase | null;
  /** Attempts that count against the limit: running or verifying. */
  live: number;
  /** Tasks that are running or may still run. */
  active: number;
  /** Of these, tasks that were never launched. */
  unlaunched: number;
  /** Proven tasks, including carried-over ones. */
  completed: number;
  /** Of these, tasks whose source is being changed. */
  closing: number;
  cancelled: boolean;
  /** Its time limit has passed: nothing starts. */
  timedOut: boolean;
  planChanges: number;
  ended: { readonly at: number; readonly status: TaskStatus; readonly exitCode: number } | null;
}
