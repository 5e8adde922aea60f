import type { Outcome } from '../attempt.ts';
import type { CheckJob, testsSchema } from '../events.ts';
import type { PlannedTask, RunPlan } from '../run-plan.ts';
import type { ReadyQueue } from './ready-queue.ts';
import type * as z from 'zod/mini';
import type { Failure } from '../../shared/failure.ts';
import type { AgentId, TaskKey } from '../../shared/ids.ts';
import type { Phase, TaskStatus } from '../../shared/status.ts';
import type { Blocker, Evidence, Usage } from '../../shared/views.ts';

export type TestsResult = z.infer<typeof testsSchema>;

/**
 * A task within a run.
 *
 *     waiting ──► ready ──► running ──► checking ──► completed
 *        │          ▲  ▲        │           │
 *        │          │  └─ held ◄┤           └──────► failed
 *        ▼          │           ├──► failed
 *     blocked ──────┘           └──► cancelled   (waiting, ready, held and blocked can be cancelled too)
 *
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
  | { readonly kind: 'checking'; stage: 'wanted' | 'requested' }
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
  readonly stakes: Stake[];
  /** Where it waits for a lane to open; `null` where it does not, or has not come to the head of its agent's queue. */
  line: ReadyQueue<TaskRecord> | null;
  /** The line that it went back to the queue for, so that the next one follows. */
  sentFor: Stake | null;
  /** Unmet dependencies within the run. */
  unmet: number;
  /** Longest expected path from here to the end of the run, ms. */
  pathMs: number;
  outside: readonly Blocker[];
  state: TaskState;
  /** Number of the newest attempt; 0 = never requested. */
  attempt: number;
  /** Attempts that were revoked before they started: they count for nothing. */
  voided: number;
  retries: number;
  throttles: number;
  interrupted: number;
  /** Index into `planned.agents`. */
  choice: number;
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
}

/**
 *     idle ──► requested ──► claimed ──► ended        (revoked: back to idle)
 */
export type CheckState =
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

export interface CheckRecord {
  state: CheckState;
  attempt: number;
  offset: number;
  /** Times that its runner vanished. */
  interrupted: number;
}

/** Tasks that must not run at the same time, and how that stands. */
export interface Lane {
  /** What they share; `null` where their source says that they conflict. */
  readonly path: string | null;
  /** Those that run or are being proven: one that needs the lane to itself, or any number that do not. */
  readonly live: Set<TaskRecord>;
  /** Whether it is one that needs the lane to itself. */
  taken: boolean;
  /** Ready tasks that found it closed, by agent: those that need it to themselves, and those that do not. */
  readonly lines: Readonly<Record<'alone' | 'beside', Map<AgentId, ReadyQueue<TaskRecord>>>>;
}

/** A task's part in a lane. */
export interface Stake {
  readonly lane: Lane;
  /** Whether it needs the lane to itself. */
  readonly alone: boolean;
}

/** How many attempts an agent may have at once, after its provider told us to slow down. */
export interface AgentWindow {
  limit: number;
  live: number;
  /** Nothing is launched before this: the provider told us to wait, whichever task it told. ms; 0 = open. */
  closedUntil: number;
}

/** The state of one run: owned and changed by `evolve` alone. */
export interface RunState {
  readonly plan: RunPlan;
  readonly tasks: ReadonlyMap<TaskKey, TaskRecord>;
  readonly order: readonly TaskRecord[];
  readonly checks: Readonly<Record<CheckJob, CheckRecord>>;
  /** But for those that wait for a lane; the first of each may start. */
  readonly ready: Map<AgentId, ReadyQueue<TaskRecord>>;
  readonly held: ReadyQueue<TaskRecord>;
  readonly toCheck: Set<TaskRecord>;
  readonly toCancel: Set<TaskRecord>;
  /** In the order of the source. A queue, because a set that is emptied from its front gets slower to look into. */
  readonly toClose: ReadyQueue<TaskRecord>;
  readonly windows: Map<AgentId, AgentWindow>;
  readonly lanes: readonly Lane[];
  readonly phases: Map<Phase, number>;
  readonly warnings: string[];
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
  planChanges: number;
  ended: { readonly at: number; readonly status: TaskStatus; readonly exitCode: number } | null;
}
