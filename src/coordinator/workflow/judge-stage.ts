import type { TaskKey } from '../../shared/ids.ts';
import { DEVELOPMENT } from './definitions.ts';
import type { StageCounts, TaskResult } from './events.ts';
import type { FeedbackLoop, Gate, StagePassage, WorkflowState } from './state.ts';

/** Known results of a stage's tasks, from any passage. */
export function countStage(
  { tasks, results }: Pick<WorkflowState, 'tasks' | 'results'>,
  stage: number,
  news: readonly TaskResult[] = [],
): StageCounts {
  const known = new Map(news.map(({ task, status }) => [task, status]));
  const keys = tasks[stage] ?? [];
  const statuses = keys.map(({ key }) => known.get(key) ?? results.get(key)?.status);
  const of = (status: TaskResult['status']): number =>
    statuses.filter((each) => each === status).length;
  return {
    total: keys.length,
    completed: of('completed'),
    failed: of('failed'),
    blocked: of('blocked'),
    cancelled: of('cancelled'),
  };
}

/** Success rate of attempted tasks, 0 to 1; `null` if none was attempted. */
export function successRate({ completed, failed }: StageCounts): number | null {
  const tried = completed + failed;
  return tried === 0 ? null : completed / tried;
}

/** Whether the workflow may proceed after a stage. It may if no rate is required or nothing was attempted. */
export function checkGate(state: WorkflowState, stage: number): Gate {
  const rate = successRate(countStage(state, stage));
  const required = state.definition.stages[stage]?.gate?.requiredSuccessRate ?? null;
  return { rate, required, open: required === null || rate === null || rate >= required };
}

/**
 * The stage that a workflow returns to from another: development, if it has tasks and is not later, as a closed gate
 * would already be passed. `null`: none.
 */
export function developmentOf(
  { definition, tasks }: Pick<WorkflowState, 'definition' | 'tasks'>,
  from: number,
): number | null {
  const stage = definition.stages.findIndex(({ id }) => id === DEVELOPMENT);
  return stage <= from && (tasks[stage]?.length ?? 0) > 0 ? stage : null;
}

/** First reason why a workflow has to go back after a passage; `null`: it may proceed. */
export function reasonToGoBack(passage: StagePassage): FeedbackLoop['why'] | null {
  if (passage.gate?.open === false) {
    return 'gate';
  }
  if (failingSuites(passage).length > 0) {
    return 'suite';
  }
  return passage.findings.length > 0 ? 'finding' : null;
}

/** Messages of suites whose latest run failed. */
export function failingSuites({ suites }: Pick<StagePassage, 'suites'>): string[] {
  return [...suites.values()].flatMap(({ status, message }) =>
    status === 'failed' ? [message] : [],
  );
}

/** Tasks of a stage to repeat: those that did not succeed, else all. */
export function tasksAgain(
  { tasks, results }: Pick<WorkflowState, 'tasks' | 'results'>,
  stage: number,
): TaskKey[] {
  const keys = (tasks[stage] ?? []).map(({ key }) => key);
  const open = keys.filter((key) => results.get(key)?.status !== 'completed');
  return open.length > 0 ? open : keys;
}

/** The newest passage through each stage, in the order of the stages. */
export function newestPassages({ history }: Pick<WorkflowState, 'history'>): StagePassage[] {
  const newest = new Map(history.map((passage) => [passage.stage, passage]));
  return [...newest.values()].toSorted((a, b) => a.stage - b.stage);
}

/** Failed tasks, and suites whose latest run failed. */
export function failuresOf(state: WorkflowState): number {
  const failed = [...state.results.values()].filter(({ status }) => status === 'failed').length;
  const suites = newestPassages(state).map((passage) => failingSuites(passage).length);
  return suites.reduce((sum, each) => sum + each, failed);
}
