import type { Failure } from '../../shared/failure.ts';
import type { TaskKey } from '../../shared/ids.ts';
import { naturally } from '../../shared/natural-order.ts';
import type { TaskStatus } from '../../shared/status.ts';
import { unreachable } from '../../shared/unreachable.ts';
import type { Evidence, Usage } from '../../shared/view-models/group-views.ts';
import { resultOf } from '../blackboard/results.ts';
import { addUsage } from '../run/evolve-attempt.ts';
import type { RunState, TaskRecord } from '../run/state/state.ts';
import { agentOf, launches } from '../run/transition/transition.ts';

/** The standard result of a task, in the same shape for every kind and outcome. */
export interface Envelope {
  readonly task: TaskKey;
  /** Short id of the task, or the unit of a map. */
  readonly unit: string;
  readonly title: string;
  readonly status: TaskStatus;
  /** Whether it is proven. */
  readonly ok: boolean;
  readonly summary: string | null;
  readonly artifacts: {
    /** Files that it changed, according to its evidence. */
    readonly files: readonly string[];
    /** Artifacts named in its result. */
    readonly named: Readonly<Record<string, unknown>>;
    /** Directory with the collected files (absolute); `null`: none. */
    readonly directory: string | null;
  };
  /** Output logs of its attempts, newest last (absolute). */
  readonly logs: readonly string[];
  readonly usage: Usage | null;
  readonly attempts: number;
  /** Attempts that resumed their session to repair missing evidence. */
  readonly repairs: number;
  readonly interrupted: number;
  readonly evidence: readonly Evidence[];
  readonly agent: string | null;
  readonly subagent: string;
  readonly role: string;
  readonly skillsApplied: readonly string[];
  readonly sessionId: string | null;
  /** `code`: why no agent accepted it, else the kind of failure. */
  readonly failure: {
    readonly code: string;
    readonly message: string;
    readonly remedy: string | null;
  } | null;
  /** ms since the epoch. */
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /** Whether its source marks it as done, too. */
  readonly closed: boolean;
  /** Ids of the tasks that block it. */
  readonly blockedBy: readonly string[];
}

/** The combined results of a run. */
export interface Consolidated {
  readonly total: number;
  readonly ok: number;
  readonly failed: number;
  readonly blocked: number;
  readonly cancelled: number;
  readonly units: readonly string[];
  readonly results: readonly Envelope[];
}

/** Files of a task on disk. */
export type TaskFiles = (record: TaskRecord) => {
  readonly logs: readonly string[];
  readonly directory: string | null;
};

/**
 * The envelopes of all tasks except excluded ones, in the natural order of their ids, independent of the order in which
 * they ended.
 */
export function consolidate(run: RunState, filesOf: TaskFiles): Consolidated {
  const results = run.order
    .filter(({ state }) => state.kind !== 'excluded')
    .map((record) => envelopeOf(run, record, filesOf))
    .toSorted((a, b) => naturally(a.unit, b.unit) || naturally(a.task, b.task));
  const of = (status: TaskStatus): number =>
    results.filter((result) => result.status === status).length;
  return {
    total: results.length,
    ok: of('completed'),
    failed: of('failed'),
    blocked: of('blocked'),
    cancelled: of('cancelled'),
    units: results.map(({ unit }) => unit),
    results,
  };
}

/** The current envelope of a task. */
export function envelopeOf(run: RunState, record: TaskRecord, filesOf: TaskFiles): Envelope {
  const { planned, state, outcome } = record;
  const status = statusOf(record);
  const agent = agentOf(record);
  const { logs, directory } = filesOf(record);
  const result = resultOf(run, record)?.result;
  return {
    task: planned.key,
    unit: planned.id,
    title: planned.title,
    status,
    ok: status === 'completed',
    summary: summaryOf(run, record),
    artifacts: { files: record.changedFiles, named: result?.artifacts ?? {}, directory },
    logs,
    usage: addUsage(record.usage, record.liveUsage),
    attempts: launches(record),
    repairs: record.repairs,
    interrupted: record.interrupted,
    evidence: record.evidence,
    agent: agent?.agent ?? null,
    subagent: agent?.subagent ?? planned.subagent,
    role: planned.role,
    skillsApplied: planned.skillsApplied,
    sessionId: outcome?.sessionId ?? record.session,
    failure: state.kind === 'failed' ? failureOf(state.failure) : null,
    startedAt: record.startedAt,
    endedAt: record.endedAt,
    closed: state.kind === 'completed' && state.close.kind === 'closed',
    blockedBy: state.kind === 'blocked' ? state.by.map(({ id }) => id) : [],
  };
}

/** A task's own summary: the one of its result, else its agent's final message. */
export function summaryOf(run: RunState, record: TaskRecord): string | null {
  const written = resultOf(run, record)?.result.summary ?? '';
  return written === '' ? (record.outcome?.summary ?? null) : written;
}

function failureOf(failure: Failure): NonNullable<Envelope['failure']> {
  return {
    code: failure.reason === 'rejected' ? failure.code : failure.reason,
    message: failure.message,
    remedy: failure.remedy ?? null,
  };
}

function statusOf({ state }: TaskRecord): TaskStatus {
  switch (state.kind) {
    case 'waiting':
    case 'ready':
    case 'held':
      return 'pending';
    case 'running':
    case 'verifying':
      return 'in_progress';
    case 'completed':
    case 'excluded':
      return 'completed';
    case 'blocked':
    case 'failed':
    case 'cancelled':
      return state.kind;
    default:
      return unreachable(state);
  }
}
