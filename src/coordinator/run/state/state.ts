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
  /** `stopping`: its own test is being stopped, the only thing of a check that can take long. */
  | { readonly kind: 'verifying'; stage: 'wanted' | 'requested' | 'stopping' | 'asked' }
  | { readonly kind: 'completed'; close: CloseState }
  | { readonly kind: 'blocked'; readonly by: readonly Blocker[] }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'cancelled' };

/** Whether the plan's file says so too. */
export type CloseState =
  | { readonly kind: 'open' }
  | { readonly kind: 'requested' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'problem'; readonly message: string };

/** A task of the run with all that is remembered of it. */
export interface TaskRecord {
  readonly planned: PlannedTask;
  /** Place in the source's order. */
  readonly index: number;
  readonly dependents: TaskRecord[];
  readonly dependencies: TaskRecord[];
  /** What it must not share with another task while it runs. */
  readonly lockRequests: LockRequest[];
  /** Where it waits for a lane to open; `null` where it does not, or has not come to the head of its agent's queue. */
  waitQueue: ReadyQueue<TaskRecord> | null;
  /** The line that it went back to the queue for, so that the next one follows. */
  wokenBy: LockRequest | null;
  /** Unmet dependencies within the run. */
  unmet: number;
  /** Longest expected path from here to the end of the run, ms. */
  pathMs: number;
  outside: readonly Blocker[];
  state: TaskState;
  /** Number of the newest attempt; 0 = never requested. */
  attempt: number;
  /** Attempts that were revoked before they started: they count for nothing. */
  revokedCount: number;
  /** With the agent of `choice`. */
  retries: number;
  /** All of the run. */
  throttles: number;
  /** Of these, the ones in a row; it counts while its provider had no more successes than `refusedAfter`. */
  refusals: number;
  refusedAfter: number;
  interrupted: number;
  /** Index into `planned.agents`. */
  choice: number;
  /** Attempts that were to mend what evidence lacked. */
  repairs: number;
  /** Of its newest attempt, with the agent of `choice`; `null`: not known, or another agent is next. */
  session: string | null;
  /** What its newest attempt took up, or its next one is to; `null`: a session of its own. */
  resume: Resume | null;
  /** Of the attempts of this session that ended: what it reports when it is taken up again may begin with that. */
  sessionUsage: Usage | null;
  startedAt: number | null;
  endedAt: number | null;
  /** Bytes of the newest attempt's events that the journal accounts for. */
  offset: number;
  outcome: Outcome | null;
  /** Of the attempts that ended; the running one's is `liveUsage`. */
  usage: Usage | null;
  liveUsage: Usage | null;
  evidence: readonly Evidence[];
  changedFiles: readonly string[];
  cancelRequested: boolean;
  /** Why its newest attempt was stopped, where no person asked for it. */
  stopWhy: 'limit' | 'budget' | null;
  /** Number of the event that requested its newest attempt: what was started later has the higher one. */
  launchedAs: number;
  /** What a person said about its start, where one has to be asked. */
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
  /** Times that its runner vanished. */
  interrupted: number;
}

/** Tasks that must not run at the same time, and how that stands. */
export interface ResourceLock {
  /** What they share; `null` where their source says that they conflict. */
  readonly path: string | null;
  /** Those that run or are being proven: one that needs the lane to itself, or any number that do not. */
  readonly live: Set<TaskRecord>;
  /** Whether it is one that needs the lane to itself. */
  heldExclusively: boolean;
  /** Ready tasks that found it closed, by agent: those that need it to themselves, and those that do not. */
  readonly waitQueues: Readonly<
    Record<'exclusive' | 'shared', Map<AgentId, ReadyQueue<TaskRecord>>>
  >;
}

/** A task's part in a lane. */
export interface LockRequest {
  readonly lock: ResourceLock;
  /** Whether it needs the lane to itself. */
  readonly exclusive: boolean;
}

/** What attempts took out of a budget. */
export interface Spent {
  /** Whole nano-dollars. */
  costNanos: number;
  /** Input and output together. */
  tokens: number;
}

/** What a policy said. */
export interface PolicyFinding {
  readonly severity: 'warning' | 'violation';
  readonly code: 'BUDGET' | 'POLICY_VIOLATION';
  /** `null`: it is about the whole run. */
  readonly task: TaskKey | null;
  readonly message: string;
}

/** How the policies of a run stand. */
export interface PolicyState {
  /** Of all attempts, running ones included. */
  readonly spent: Spent;
  /** Whether a part of the cost is by a table of prices. */
  costEstimated: boolean;
  /** What was said of the budget. */
  budget: 'open' | 'warned' | 'spent';
  /** Whether it was said that required tests gave no result. */
  testsMissed: boolean;
  /** Why nothing may be launched on this machine just now. */
  launchPaused: string | null;
  /** How many attempts the window leaves to this run; `null`: as many as it likes. */
  quota: number | null;
  readonly findings: PolicyFinding[];
  /** Ready tasks that a person has to be asked about, and those that one is being asked about. */
  readonly toApprove: ReadyQueue<TaskRecord>;
  readonly asked: Set<TaskRecord>;
}

/** The state of one run: owned and changed by `evolve` alone. */
export interface RunState {
  readonly plan: RunSpec;
  readonly tasks: ReadonlyMap<TaskKey, TaskRecord>;
  readonly order: readonly TaskRecord[];
  readonly suites: Readonly<Record<SuiteJob, SuiteRecord>>;
  /** But for those that wait for a lane; the first of each may start. */
  readonly ready: Map<AgentId, ReadyQueue<TaskRecord>>;
  readonly held: ReadyQueue<TaskRecord>;
  readonly toVerify: Set<TaskRecord>;
  readonly toCancel: Set<TaskRecord>;
  /** In the order of the source. A queue, because a set that is emptied from its front gets slower to look into. */
  readonly toClose: ReadyQueue<TaskRecord>;
  /** Of all agents that the plan names. */
  readonly agents: ReadonlyMap<AgentId, AgentState>;
  /** By provider. */
  readonly windows: ReadonlyMap<string, ProviderWindow>;
  /** Tasks whose time limit runs, the next one to be due first; empty where there is none. */
  readonly timed: ReadyQueue<TaskRecord>;
  readonly resourceLocks: readonly ResourceLock[];
  readonly policy: PolicyState;
  readonly phases: Map<Phase, number>;
  readonly warnings: string[];
  /** What is counted of its attempts. */
  readonly measure: RunMeasure;
  /** What attempts left for the blackboard, in the order in which it came; by attempt and task. */
  readonly results: Map<string, PostedResult>;
  seq: number;
  startedAt: number;
  /** Time of the last event, ms. */
  now: number;
  epoch: number;
  phase: Phase | null;
  /** Attempts that hold a slot: running or having their evidence checked. */
  live: number;
  /** Tasks that may still run or are running. */
  active: number;
  /** Of these, the ones that were never launched. */
  unlaunched: number;
  /** Proven tasks, those carried over included. */
  completed: number;
  /** Of these, the ones whose source is being changed just now. */
  closing: number;
  cancelled: boolean;
  /** It took longer than it may: nothing starts any more. */
  timedOut: boolean;
  planChanges: number;
  ended: { readonly at: number; readonly status: TaskStatus; readonly exitCode: number } | null;
}
