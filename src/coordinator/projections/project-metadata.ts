import { t } from '../../shared/messages.ts';
import type { TestsView, Usage } from '../../shared/view-models/group-views.ts';
import type { RunState } from '../run/state/state.ts';
import type { GroupMetadata, ResultMetadata } from '../schema/metadata.ts';
import { consolidate, type Envelope, type TaskFiles } from './envelope.ts';
import { proposedTasks } from './fix-tasks.ts';
import { type Holder, refreshCompleted, runErrors, testsView, totalUsage } from './project-run.ts';
import { waitReason } from './wait-reason.ts';

/** As the coordinating process sees it. */
const COORDINATED: Holder = { holder: 'mine', name: null, suspended: null };

/**
 * The metadata of a run in the background document's schema, with our added keys, built from its envelopes in the
 * natural order of task ids. `files`: its files on disk. `holder`: the process that coordinates it.
 */
export function projectMetadata(
  run: RunState,
  files: { readonly of: TaskFiles; readonly report: string | null },
  holder: Holder = COORDINATED,
): GroupMetadata {
  const counted = run.order.filter(({ state }) => state.kind !== 'excluded');
  const { results, units, ...counts } = consolidate(run, files.of);
  const tests = testsView(run, 'tests');
  return {
    group_id: run.plan.groupId,
    group_name: t('Parallel Group {0}', run.plan.groupId),
    phase: run.phase ?? 'pre_execution',
    tasks: counted.map(({ planned }) => planned.id),
    created_at: iso(run.startedAt),
    started_at: iso(run.startedAt),
    completed_at: run.ended === null ? null : iso(run.ended.at),
    status: run.ended?.status ?? 'in_progress',
    results: results.map((envelope) => ({
      ...projectEnvelope(envelope),
      ...whyWords(run, envelope, holder),
    })),
    errors: runErrors(run),
    pre_group_refresh_completed: refreshCompleted(run) ?? false,
    run_id: run.plan.run,
    seq: run.seq,
    source: run.plan.source,
    exit_code: run.ended?.exitCode ?? null,
    summary: { ...counts, units: [...units] },
    tests: tests === null ? null : projectTests(tests, testsView(run, 'baseline')),
    usage: snakeUsage(totalUsage(run)) ?? { input_tokens: 0, output_tokens: 0, cost_usd: null },
    report: files.report,
    warnings: [...run.warnings],
    proposed_tasks: proposedTasks(run),
  };
}

function whyWords(run: RunState, { task }: Envelope, holder: Holder): { why?: string } {
  const record = run.ended === null ? run.tasks.get(task) : undefined;
  const why = record === undefined ? null : waitReason(run, record, holder);
  return why === null ? {} : { why };
}

function projectEnvelope(envelope: Envelope): ResultMetadata {
  const { failure, logs, startedAt, endedAt } = envelope;
  return {
    task_id: envelope.unit,
    key: envelope.task,
    subagent: envelope.subagent,
    skills_applied: [...envelope.skillsApplied],
    role: envelope.role,
    status: envelope.status,
    ok: envelope.ok,
    started_at: startedAt === null ? null : iso(startedAt),
    completed_at: endedAt === null ? null : iso(endedAt),
    ...(failure === null ? {} : { error: failure.message }),
    failure,
    attempts: envelope.attempts,
    repairs: envelope.repairs,
    interrupted: envelope.interrupted,
    agent: envelope.agent,
    session_id: envelope.sessionId,
    summary: envelope.summary,
    artifacts: projectArtifacts(envelope.artifacts),
    evidence: [...envelope.evidence],
    usage: snakeUsage(envelope.usage),
    log: logs.at(-1) ?? null,
    logs: [...logs],
    closed: envelope.closed,
    blocked_by: [...envelope.blockedBy],
  };
}

function projectArtifacts({
  files,
  named,
  directory,
}: Envelope['artifacts']): ResultMetadata['artifacts'] {
  return {
    ...(files.length === 0 ? {} : { files: [...files] }),
    ...(Object.keys(named).length === 0 ? {} : { named: { ...named } }),
    ...(directory === null ? {} : { directory }),
  };
}

function projectTests(
  tests: TestsView,
  baseline: TestsView | null,
): NonNullable<GroupMetadata['tests']> {
  const { status, command, total, passed, failed, durationMs, failures } = tests;
  return {
    status,
    command,
    total,
    passed,
    failed,
    duration_ms: durationMs,
    failures: failures.map(({ name, message }) => ({
      name,
      message,
      ...sinceWhen(name, baseline),
    })),
  };
}

/** Whether a test already failed before the run; absent if the suite did not name all failures. */
function sinceWhen(name: string, baseline: TestsView | null): { failed_before?: boolean } {
  if (baseline?.failures.some((each) => each.name === name) === true) {
    return { failed_before: true };
  }
  const isNamed = baseline?.status === 'failed' && baseline.failures.length === baseline.failed;
  return isNamed || baseline?.status === 'passed' ? { failed_before: false } : {};
}

function snakeUsage(usage: Usage | null): ResultMetadata['usage'] {
  return usage === null
    ? null
    : {
        input_tokens: usage.inputTokens,
        output_tokens: usage.outputTokens,
        cost_usd: usage.costUsd,
        ...(usage.costEstimated === true ? { cost_estimated: true } : {}),
      };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
