import { t } from '../../shared/messages.ts';
import { unreachable } from '../../shared/unreachable.ts';
import { plural } from '../../shared/words/durations.ts';
import type { WorkflowEventBody } from './events.ts';
import { findingsOf, gateSentence } from './findings.ts';
import { checkGate, developmentOf, failuresOf, tasksAgain } from './judge-stage.ts';
import type { FeedbackLoop, WorkflowState } from './state.ts';

/**
 * The next decision of a workflow, as the event that records it; `null` while a stage is running and at the end. Only
 * `stage.entered` has an effect: the stage's tasks run, reported by `run.recorded`, `dispatch.failed` and finally
 * `stage.ended`.
 */
export function decide(state: WorkflowState): WorkflowEventBody | null {
  const { position } = state;
  if (state.ended !== null || position.kind === 'running') {
    return null;
  }
  if (state.cancelled) {
    return ended(state, 'cancelled');
  }
  switch (position.kind) {
    case 'next':
      return position.stage < state.definition.stages.length
        ? enter(state, position.stage)
        : ended(state, 'completed');
    case 'ended': {
      const at = { stage: position.stage, loop: state.loop };
      return { type: 'gate.checked', ...at, ...checkGate(state, position.stage) };
    }
    case 'back':
      return back(state, position);
    case 'stuck':
      return ended(state, 'failed');
    default:
      return unreachable(position);
  }
}

function enter(state: WorkflowState, stage: number): WorkflowEventBody {
  const keys = (state.tasks[stage] ?? []).map(({ key }) => key);
  const at = { stage, loop: state.loop };
  if (keys.length === 0) {
    return { type: 'stage.skipped', ...at };
  }
  const tasks = [...(state.wanted ?? keys)];
  return { type: 'stage.entered', ...at, tasks, again: state.loop > 0 ? tasks : [] };
}

function back(
  state: WorkflowState,
  { stage, why }: { readonly stage: number; readonly why: FeedbackLoop['why'] },
): WorkflowEventBody {
  const to = developmentOf(state, stage);
  const { maxFeedbackLoops } = state.definition;
  const passage = state.history.at(-1);
  const at = { type: 'dispatch.failed' as const, stage, loop: state.loop, task: null };
  if (to === null || passage === undefined) {
    const sentence = passage === undefined ? '' : gateSentence(state, passage);
    const message = t(
      '{0} There is no development stage with tasks to go back to.',
      sentence,
    ).trim();
    return { ...at, code: 'POLICY_VIOLATION', message };
  }
  if (state.loop >= maxFeedbackLoops) {
    const limit = plural(maxFeedbackLoops, 'feedback loop');
    const message = t('The workflow may go back to development no more: its limit is {0}.', limit);
    return { ...at, code: 'MAX_FEEDBACK_LOOPS', message };
  }
  const findings = findingsOf(state, passage);
  const tasks = tasksAgain(state, to);
  const loop = state.loop + 1;
  return { type: 'feedback.requested', from: stage, to, loop, why, findings, tasks };
}

function ended(
  state: WorkflowState,
  status: 'completed' | 'failed' | 'cancelled',
): WorkflowEventBody {
  const failures = failuresOf(state);
  return { type: 'workflow.ended', status, failures, exitCode: exitCode(state, status, failures) };
}

/** Same precedence as for runs: cancelled, failed, blocked. */
function exitCode(state: WorkflowState, status: string, failures: number): number {
  const statuses = new Set([...state.results.values()].map((result) => result.status));
  if (status === 'cancelled' || statuses.has('cancelled')) {
    return 130;
  }
  if (status === 'failed' || failures > 0) {
    return 1;
  }
  return statuses.has('blocked') ? 3 : 0;
}
