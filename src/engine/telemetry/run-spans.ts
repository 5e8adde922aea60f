import { priced } from '../../coordinator/metrics/cost.ts';
import type { RunState, TaskRecord } from '../../coordinator/run/state/state.ts';
import type { RunEventBody } from '../../coordinator/schema/events.ts';
import type { LaunchSpec, RunSpec } from '../../coordinator/schema/run-spec.ts';
import type { TaskKey } from '../../shared/ids.ts';
import { asksModel, operationOf, usageOf } from './gen-ai.ts';
import type { AttemptRecord, Attributes, SpanRecord } from './span-record.ts';

type Ended = Extract<RunEventBody, { type: 'attempt.ended' }>;

interface Begun {
  readonly attempt: number;
  readonly at: number;
  readonly plan: LaunchSpec;
}

const ROOT = 'run';

/**
 * Converts one run to spans: run → task → attempt. A span is complete at its end. Its ids derive from the run's id, so
 * that successive coordinators of a run produce one trace.
 */
export class RunSpans {
  readonly #plan: RunSpec;
  readonly #begun = new Map<TaskKey, Begun>();

  constructor({ plan, order }: RunState) {
    this.#plan = plan;
    for (const record of order) {
      if (record.state.kind === 'running') {
        this.#begin(record.planned.key, record.attempt, record.choice, record.state.requestedAt);
      }
    }
  }

  /** Remembers the start of an attempt. */
  onEvent(at: number, event: RunEventBody): void {
    if (event.type === 'attempt.requested') {
      this.#begin(event.task, event.attempt, event.choice, at);
    } else if (event.type === 'attempt.revoked') {
      this.#begun.delete(event.task);
    }
  }

  /** The record of an attempt that has ended; `null` for one that never started. */
  attempt(at: number, { task, attempt, outcome }: Ended): AttemptRecord | null {
    const begun = this.#begun.get(task);
    if (begun?.attempt !== attempt) {
      return null;
    }
    this.#begun.delete(task);
    const { plan } = begun;
    const genAi = asksModel(plan);
    const operation = genAi ? operationOf(plan) : {};
    const error = outcome.failure?.reason ?? null;
    const named: Attributes = { ...operation, ...(error === null ? {} : { 'error.type': error }) };
    const span: SpanRecord = {
      name: genAi ? `invoke_agent ${plan.subagent}` : `run ${this.#idOf(task)}`,
      id: `attempt ${attempt} of ${task}`,
      parent: `task ${task}`,
      from: begun.at,
      to: at,
      attributes: {
        ...named,
        ...(genAi ? usageOf(outcome) : {}),
        ...this.#taskAttributes(task),
        'parallel_groups.agent': plan.agent,
        'parallel_groups.attempt': attempt,
      },
      error,
    };
    const usage = outcome.usage === null ? null : priced(outcome.usage, plan.price);
    return {
      span,
      genAi,
      durationMs: outcome.durationMs,
      attributes: { ...named, 'parallel_groups.agent': plan.agent },
      inputTokens: usage?.inputTokens ?? null,
      outputTokens: usage?.outputTokens ?? null,
      costUsd: usage?.costUsd ?? null,
      costEstimated: usage?.costEstimated === true,
    };
  }

  /** The spans of a run that has ended, and of its tasks. */
  ended(run: RunState): SpanRecord[] {
    const { ended } = run;
    if (ended === null) {
      return [];
    }
    const error = ended.exitCode === 0 ? null : ended.status;
    const root: SpanRecord = {
      name: `invoke_workflow ${run.plan.groupId}`,
      id: ROOT,
      parent: null,
      from: run.startedAt,
      to: ended.at,
      error,
      attributes: {
        'gen_ai.operation.name': 'invoke_workflow',
        'gen_ai.workflow.name': run.plan.groupId,
        ...this.#runAttributes(),
        'parallel_groups.run.status': ended.status,
        'parallel_groups.run.exit_code': ended.exitCode,
        ...(error === null ? {} : { 'error.type': error }),
      },
    };
    return [...run.order.flatMap((record) => this.#task(record, ended.at)), root];
  }

  #task({ planned, state, startedAt, endedAt, attempt }: TaskRecord, end: number): SpanRecord[] {
    if (startedAt === null) {
      return [];
    }
    const error = state.kind === 'failed' ? state.failure.reason : null;
    return [
      {
        name: `task ${planned.id}`,
        id: `task ${planned.key}`,
        parent: ROOT,
        from: startedAt,
        to: endedAt ?? end,
        error,
        attributes: {
          ...this.#taskAttributes(planned.key),
          'parallel_groups.task.status': state.kind,
          'parallel_groups.task.attempts': attempt,
          ...(error === null ? {} : { 'error.type': error }),
        },
      },
    ];
  }

  #begin(task: TaskKey, attempt: number, choice: number, at: number): void {
    const plan = this.#plan.tasks.find(({ key }) => key === task)?.agents[choice];
    if (plan !== undefined) {
      this.#begun.set(task, { attempt, at, plan });
    }
  }

  #idOf(task: TaskKey): string {
    return this.#plan.tasks.find(({ key }) => key === task)?.id ?? task;
  }

  #taskAttributes(task: TaskKey): Attributes {
    return { ...this.#runAttributes(), 'parallel_groups.task.id': this.#idOf(task) };
  }

  #runAttributes(): Attributes {
    const { run, groupId, source } = this.#plan;
    return {
      'parallel_groups.run.id': run,
      'parallel_groups.group': groupId,
      'parallel_groups.source': source,
    };
  }
}
