import { naturally } from '../../shared/natural-order.ts';
import { successRate } from './judge-stage.ts';
import { idOf } from './project-workflow.ts';
import type { StagePassage, WorkflowState } from './state.ts';

/** A workflow execution as JSON for programs; the keys are stable. */
export interface WorkflowReport {
  readonly version: 1;
  readonly workflow: string;
  readonly id: string;
  /** `running` until it ends. */
  readonly status: 'completed' | 'failed' | 'cancelled' | 'running';
  readonly exit_code: number | null;
  /** All passages through stages, in chronological order. */
  readonly stages: readonly object[];
  readonly feedback_loops: readonly object[];
  /** By task id, in natural order. */
  readonly results: readonly object[];
  readonly error_log: readonly object[];
  /** Failed tasks and failing suites. */
  readonly failures: number;
}

/** Output of `workflow --json`. */
export function workflowReport(state: WorkflowState): WorkflowReport {
  const { workflow, id, ended, history, loops, errors } = state;
  return {
    version: 1,
    workflow,
    id,
    status: ended?.status ?? 'running',
    exit_code: ended?.exitCode ?? null,
    stages: history.map((passage) => stageReport(state, passage)),
    feedback_loops: loops.map(({ from, to, loop, why, findings, tasks }) => ({
      loop,
      from: nameOf(state, from),
      to: nameOf(state, to),
      why,
      findings,
      tasks: tasks.map((key) => idOf(state, key)),
    })),
    results: resultReports(state),
    error_log: errors.map(({ at, stage, loop, task, code, message }) => ({
      at: new Date(at).toISOString(),
      stage: nameOf(state, stage),
      loop,
      task_id: task === null ? null : idOf(state, task),
      code,
      message,
    })),
    failures: ended?.failures ?? 0,
  };
}

function stageReport(state: WorkflowState, passage: StagePassage): object {
  const { stage, loop, status, counts, gate, startedAt, endedAt } = passage;
  return {
    id: nameOf(state, stage),
    status,
    loop,
    counts,
    success_rate: gate?.rate ?? successRate(counts),
    gate: gate === null ? null : { required: gate.required, open: gate.open },
    started_at: new Date(startedAt).toISOString(),
    ended_at: endedAt === null ? null : new Date(endedAt).toISOString(),
  };
}

function resultReports(state: WorkflowState): object[] {
  const tasks = state.tasks.flat().toSorted((a, b) => naturally(a.id, b.id));
  return tasks.flatMap(({ key, id, title, subagent, type }) => {
    const result = state.results.get(key);
    if (result === undefined) {
      return [];
    }
    const { stage, loop, status, message, run } = result;
    return [
      {
        task_id: id,
        key,
        title,
        stage: nameOf(state, stage),
        loop,
        status,
        subagent,
        type,
        message,
        run_id: run,
      },
    ];
  });
}

function nameOf({ definition }: WorkflowState, stage: number): string {
  return definition.stages[stage]?.id ?? '';
}
