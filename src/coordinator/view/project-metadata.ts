import type { GroupMetadata, ResultMetadata } from '../metadata.ts';
import type { RunState, TaskRecord } from '../run/state.ts';
import { agentOf, launches } from '../run/transition.ts';
import { addUsage } from '../run/evolve-attempt.ts';
import {
  proposedTasks,
  refreshCompleted,
  runErrors,
  testsView,
  totalUsage,
} from './project-run.ts';
import type { TaskStatus } from '../../shared/status.ts';
import type { TestsView, Usage } from '../../shared/views.ts';
import { unreachable } from '../../shared/unreachable.ts';

/**
 * The background schema's view of a run, with our added keys. `logOf` names a task's newest output file. Results are
 * ordered by task id (natural order), whatever ended first.
 */
export function projectMetadata(
  run: RunState,
  logOf: (record: TaskRecord) => string | null,
): GroupMetadata {
  const counted = run.order.filter(({ state }) => state.kind !== 'excluded');
  const results = counted
    .map((record) => projectResult(record, logOf(record)))
    .toSorted((a, b) => naturally(a.task_id, b.task_id));
  const tests = testsView(run, 'tests');
  return {
    group_id: run.plan.groupId,
    group_name: `Parallel Group ${run.plan.groupId}`,
    phase: run.phase ?? 'pre_execution',
    tasks: counted.map(({ planned }) => planned.id),
    created_at: iso(run.startedAt),
    started_at: iso(run.startedAt),
    completed_at: run.ended === null ? null : iso(run.ended.at),
    status: run.ended?.status ?? 'in_progress',
    results,
    errors: runErrors(run),
    pre_group_refresh_completed: refreshCompleted(run) ?? false,
    run_id: run.plan.run,
    seq: run.seq,
    source: run.plan.source,
    exit_code: run.ended?.exitCode ?? null,
    summary: summarise(results),
    tests: tests === null ? null : projectTests(tests),
    usage: snakeUsage(totalUsage(run)) ?? { input_tokens: 0, output_tokens: 0, cost_usd: null },
    warnings: [...run.warnings],
    proposed_tasks: proposedTasks(run),
  };
}

const NATURAL = new Intl.Collator('en', { numeric: true });

/** `T2` before `T10`. */
function naturally(a: string, b: string): number {
  return NATURAL.compare(a, b) || (a < b ? -1 : 1);
}

function summarise(results: readonly ResultMetadata[]): GroupMetadata['summary'] {
  const of = (status: string): number =>
    results.filter((result) => result.status === status).length;
  return {
    total: results.length,
    ok: of('completed'),
    failed: of('failed'),
    blocked: of('blocked'),
    cancelled: of('cancelled'),
    units: results.map(({ task_id }) => task_id),
  };
}

function projectResult(record: TaskRecord, log: string | null): ResultMetadata {
  const { planned, state, outcome } = record;
  const failure = state.kind === 'failed' ? state.failure : null;
  return {
    task_id: planned.id,
    subagent: agentOf(record)?.subagent ?? planned.subagent,
    skills_applied: [...planned.skillsApplied],
    status: statusOf(record),
    started_at: record.startedAt === null ? null : iso(record.startedAt),
    completed_at: record.endedAt === null ? null : iso(record.endedAt),
    ...(failure === null ? {} : { error: failure.message }),
    attempts: launches(record),
    interrupted: record.interrupted,
    agent: agentOf(record)?.agent ?? null,
    session_id: outcome?.sessionId ?? null,
    summary: outcome?.summary ?? null,
    artifacts: record.changedFiles.length === 0 ? {} : { files: [...record.changedFiles] },
    evidence: [...record.evidence],
    usage: snakeUsage(addUsage(record.usage, record.liveUsage)),
    log,
    closed: state.kind === 'completed' && state.close.kind === 'closed',
    blocked_by: state.kind === 'blocked' ? state.by.map(({ id }) => id) : [],
  };
}

function statusOf({ state }: TaskRecord): TaskStatus {
  switch (state.kind) {
    case 'waiting':
    case 'ready':
    case 'held':
      return 'pending';
    case 'running':
    case 'checking':
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

function projectTests(tests: TestsView): NonNullable<GroupMetadata['tests']> {
  const { status, command, total, passed, failed, durationMs, failures } = tests;
  return {
    status,
    command,
    total,
    passed,
    failed,
    duration_ms: durationMs,
    failures: failures.map(({ name, message }) => ({ name, message })),
  };
}

function snakeUsage(usage: Usage | null): ResultMetadata['usage'] {
  return usage === null
    ? null
    : {
        input_tokens: usage.inputTokens,
        output_tokens: usage.outputTokens,
        cost_usd: usage.costUsd,
      };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
