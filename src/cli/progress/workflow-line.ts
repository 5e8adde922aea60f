import type { WorkflowEventBody } from '../../coordinator/workflow/events.ts';
import { percent } from '../../coordinator/workflow/findings.ts';
import { describeCounts, idOf } from '../../coordinator/workflow/project-workflow.ts';
import type { WorkflowState } from '../../coordinator/workflow/state.ts';
import { t } from '../../shared/messages.ts';
import { unreachable } from '../../shared/unreachable.ts';
import { plural } from '../../shared/words/durations.ts';

/** The line of a workflow event, after the state includes it; `null` = no line. */
export function workflowLine(event: WorkflowEventBody, state: WorkflowState): string | null {
  const name = (stage: number): string => state.definition.stages[stage]?.id ?? '';
  switch (event.type) {
    case 'stage.entered': {
      const stage = name(event.stage);
      const count = plural(event.tasks.length, 'task');
      return event.loop > 0
        ? t('{0} starts: {1}, feedback loop {2}', stage, count, event.loop)
        : t('{0} starts: {1}', stage, count);
    }
    case 'stage.skipped':
      return t('{0} is skipped: it has no tasks', name(event.stage));
    case 'stage.ended':
      return t('{0} is over: {1}', name(event.stage), describeCounts(event.counts));
    case 'gate.checked':
      return event.required === null ? null : gateLine(event, event.required, name(event.stage));
    case 'feedback.requested':
      return t('goes back to {0} ({1}): {2}', name(event.to), event.why, event.findings[0] ?? '');
    case 'dispatch.failed':
      return `${event.task === null ? '' : `${idOf(state, event.task)} `}${event.code}: ${event.message}`;
    case 'workflow.cancelled':
      return t('is being stopped, asked by {0}', event.by);
    case 'workflow.ended':
      return t('{0}, exit code {1}', event.status, event.exitCode);
    case 'run.recorded':
    case 'workflow.resumed':
    case 'workflow.started':
      return null;
    default:
      return unreachable(event);
  }
}

type GateChecked = Extract<WorkflowEventBody, { type: 'gate.checked' }>;

function gateLine({ open, rate }: GateChecked, required: number, stage: string): string {
  const reached = rate === null ? t('nothing tried') : t('{0} reached', percent(rate));
  return open
    ? t('the gate of {0} is open: {1} wanted, {2}', stage, percent(required), reached)
    : t('the gate of {0} is closed: {1} wanted, {2}', stage, percent(required), reached);
}
