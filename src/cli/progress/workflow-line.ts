import type { WorkflowEventBody } from '../../coordinator/workflow/events.ts';
import { percent } from '../../coordinator/workflow/findings.ts';
import { describeCounts, idOf } from '../../coordinator/workflow/project-workflow.ts';
import type { WorkflowState } from '../../coordinator/workflow/state.ts';
import { unreachable } from '../../shared/unreachable.ts';
import { plural } from '../../shared/words/durations.ts';

/** What is said of an event of a workflow once it is part of the state; `null` = nothing. */
export function workflowLine(event: WorkflowEventBody, state: WorkflowState): string | null {
  const name = (stage: number): string => state.definition.stages[stage]?.id ?? '';
  switch (event.type) {
    case 'stage.entered': {
      const again = event.loop > 0 ? `, feedback loop ${event.loop}` : '';
      return `${name(event.stage)} starts: ${plural(event.tasks.length, 'task')}${again}`;
    }
    case 'stage.skipped':
      return `${name(event.stage)} is skipped: it has no tasks`;
    case 'stage.ended':
      return `${name(event.stage)} is over: ${describeCounts(event.counts)}`;
    case 'gate.checked':
      return event.required === null
        ? null
        : `the gate of ${name(event.stage)} is ${event.open ? 'open' : 'closed'}: ${percent(event.required)} wanted, ${event.rate === null ? 'nothing tried' : `${percent(event.rate)} reached`}`;
    case 'feedback.requested':
      return `goes back to ${name(event.to)} (${event.why}): ${event.findings[0] ?? ''}`;
    case 'dispatch.failed':
      return `${event.task === null ? '' : `${idOf(state, event.task)} `}${event.code}: ${event.message}`;
    case 'workflow.cancelled':
      return `is being stopped, asked by ${event.by}`;
    case 'workflow.ended':
      return `${event.status}, exit code ${event.exitCode}`;
    case 'run.recorded':
    case 'workflow.resumed':
    case 'workflow.started':
      return null;
    default:
      return unreachable(event);
  }
}
