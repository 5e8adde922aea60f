import { resultOf as postedResult } from '../../coordinator/blackboard/results.ts';
import { testsObject } from '../../coordinator/run/failure/judge-run.ts';
import type { RunState, TaskRecord } from '../../coordinator/run/state/state.ts';
import type {
  StageTask,
  TaskResult,
  WorkflowEventBody,
} from '../../coordinator/workflow/events.ts';
import type { TaskKey } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import { unreachable } from '../../shared/unreachable.ts';

/** The place of a run in its workflow. */
export interface RunPassage {
  readonly stage: number;
  readonly loop: number;
  /** The tasks of the stage, by key. */
  readonly tasks: ReadonlyMap<TaskKey, StageTask>;
}

type Recorded = Extract<WorkflowEventBody, { type: 'run.recorded' | 'dispatch.failed' }>;

/**
 * Returns the workflow events of an ended run. Tasks that were refused before any attempt come first, each as an entry
 * of the error log. The run's own event comes last, so that a recorded run is always complete.
 */
export function recordRun(run: RunState, { stage, loop, tasks }: RunPassage): Recorded[] {
  const ownRecords = run.order.filter(({ planned }) => tasks.has(planned.key));
  const refused = ownRecords.flatMap((record): Recorded[] => {
    const { state, planned } = record;
    if (state.kind !== 'failed' || record.attempt > 0) {
      return [];
    }
    const { failure } = state;
    const code =
      failure.reason === 'rejected' ? failure.code : (planned.code ?? 'NO_AVAILABLE_AGENT');
    const { message } = failure;
    return [{ type: 'dispatch.failed', stage, loop, task: planned.key, code, message }];
  });
  return [
    ...refused,
    {
      type: 'run.recorded',
      stage,
      loop,
      run: run.plan.run,
      group: run.plan.group,
      results: ownRecords.flatMap((record) => resultOf(record, run) ?? []),
      findings: ownRecords.flatMap((record) => findingsOf(record, run, tasks)),
      suite: suiteOf(run),
    },
  ];
}

function resultOf(
  { planned, state, attempt, outcome }: TaskRecord,
  run: RunState,
): TaskResult | null {
  const common = { task: planned.key, run: run.plan.run };
  switch (state.kind) {
    case 'completed': {
      const { close } = state;
      const closeProblem =
        close.kind === 'problem' ? t('Proven, not yet closed: {0}', close.message) : null;
      return { ...common, status: 'completed', message: closeProblem ?? outcome?.summary ?? '' };
    }
    case 'failed':
      return attempt === 0 ? null : { ...common, status: 'failed', message: state.failure.message };
    case 'blocked': {
      const by = state.by.map(({ id, status }) => `${id} (${status})`).join(', ');
      return { ...common, status: 'blocked', message: t('Blocked by {0}.', by) };
    }
    case 'cancelled':
      return { ...common, status: 'cancelled', message: '' };
    case 'verifying':
    case 'excluded':
    case 'held':
    case 'ready':
    case 'running':
    case 'waiting':
      // The task is not part of this run, or the run ended before it.
      return null;
    default:
      return unreachable(state);
  }
}

/** Returns the findings of a monitor task. Its failure is a finding too. */
function findingsOf(record: TaskRecord, run: RunState, tasks: RunPassage['tasks']): string[] {
  const { planned, state } = record;
  if (tasks.get(planned.key)?.type !== 'monitor') {
    return [];
  }
  const { id, title } = planned;
  const posted = postedResult(run, record);
  const failed = state.kind === 'failed' ? [`${id} ${title} failed: ${state.failure.message}`] : [];
  return [
    ...failed,
    ...(posted?.result.findings ?? []).map((finding) => `${id} ${title}: ${finding}`),
  ];
}

const MAX_NAMES = 5;

function suiteOf(run: RunState): Extract<Recorded, { type: 'run.recorded' }>['suite'] {
  const { state } = run.suites.tests;
  const tests = state.kind === 'ended' ? state.tests : null;
  const summary = tests?.message ?? '';
  if (testsObject(run)) {
    const names = (tests?.failures ?? []).slice(0, MAX_NAMES).map(({ name }) => name);
    const list = names.length === 0 ? '' : t(' Failing: {0}.', names.join('; '));
    return {
      status: 'failed',
      message: `${summary === '' ? t('The tests gave no result.') : summary}${list}`,
    };
  }
  return { status: tests?.status === 'passed' ? 'passed' : 'none', message: summary };
}
