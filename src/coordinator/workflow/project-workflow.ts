import type { StageView, WorkflowView } from '../../shared/view-models/workflow-view.ts';
import { plural } from '../../shared/words/durations.ts';
import type { StageCounts } from './events.ts';
import { percent } from './findings.ts';
import { newestPassages, successRate } from './judge-stage.ts';
import type { StagePassage, WorkflowState } from './state.ts';

/** A workflow as all views show it. `isCarriedOut`: whether a process is executing it. */
export function projectWorkflow(state: WorkflowState, isCarriedOut: boolean): WorkflowView {
  const { workflow, id, definition, ended, loop } = state;
  const newest = new Map(newestPassages(state).map((passage) => [passage.stage, passage]));
  return {
    name: workflow,
    id,
    state: ended?.status ?? (isCarriedOut ? 'running' : 'interrupted'),
    detail: ended === null ? standsAt(state) : endSentence(state),
    stages: definition.stages.map((_, place) => stageView(state, place, newest.get(place))),
    loops: loop,
    maxLoops: definition.maxFeedbackLoops,
    errors: state.errors.map(({ task, message }) =>
      task === null ? message : `${idOf(state, task)}: ${message}`,
    ),
  };
}

/** "release: 2 of 3 stages completed, 1 skipped, 1 task failed.", followed by the reason if it stopped. */
export function endSentence(state: WorkflowState): string {
  const stages = newestPassages(state);
  const of = (status: StagePassage['status']): number =>
    stages.filter((each) => each.status === status).length;
  const failed = [...state.results.values()].filter(({ status }) => status === 'failed').length;
  const total = state.definition.stages.length;
  const parts = [
    `${of('completed')} of ${plural(total, 'stage')} completed`,
    ...(of('skipped') > 0 ? [`${of('skipped')} skipped`] : []),
    ...(of('failed') > 0 ? [`${of('failed')} failed`] : []),
    ...(failed > 0 ? [`${plural(failed, 'task')} failed`] : []),
    ...(state.loop > 0 ? [plural(state.loop, 'feedback loop')] : []),
    ...(state.ended?.status === 'cancelled' ? ['stopped'] : []),
  ];
  const why = state.ended?.status === 'failed' ? (state.errors.at(-1)?.message ?? '') : '';
  return `${state.workflow}: ${parts.join(', ')}. ${why}`.trim();
}

/** The short id of a task of the workflow. */
export function idOf({ tasks }: Pick<WorkflowState, 'tasks'>, key: string): string {
  return tasks.flat().find((task) => task.key === key)?.id ?? key;
}

function standsAt({ history, definition, loop }: WorkflowState): string {
  const stage = definition.stages[history.at(-1)?.stage ?? 0]?.id ?? '';
  const loops = `${loop} of ${plural(definition.maxFeedbackLoops, 'feedback loop')}`;
  return loop === 0 ? stage : `${stage} · ${loops}`;
}

function stageView(
  state: WorkflowState,
  place: number,
  passage: StagePassage | undefined,
): StageView {
  const stage = state.definition.stages[place];
  const total = state.tasks[place]?.length ?? 0;
  const required = stage?.gate?.requiredSuccessRate ?? null;
  const id = stage?.id ?? '';
  if (passage === undefined) {
    const detail = total === 0 ? 'no tasks' : plural(total, 'task');
    const gate = required === null ? null : `${percent(required)} wanted`;
    return { id, state: 'waiting', loop: 0, detail, gate, gateOpen: null };
  }
  const { status, loop, counts, gate } = passage;
  return {
    id,
    state: status,
    loop,
    detail: describeCounts(counts),
    gate: required === null ? null : gateWords(required, counts),
    gateOpen: required === null ? null : (gate?.open ?? null),
  };
}

/** `2 of 3 tasks, 1 failed` */
export function describeCounts({ total, completed, failed, blocked }: StageCounts): string {
  if (total === 0) {
    return 'no tasks';
  }
  const rest = [
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(blocked > 0 ? [`${blocked} blocked`] : []),
  ];
  return [`${completed} of ${plural(total, 'task')}`, ...rest].join(', ');
}

function gateWords(required: number, counts: StageCounts): string {
  const rate = successRate(counts);
  const reached = rate === null ? 'nothing tried' : `${percent(rate)} reached`;
  return `${percent(required)} wanted, ${reached}`;
}
