import { t } from '../../../shared/messages.ts';
import type { TaskStatus } from '../../../shared/status.ts';
import { unreachable } from '../../../shared/unreachable.ts';
import type { Blocker, TaskAppearance } from '../../../shared/view-models/group-views.ts';
import { describeDuration } from '../../../shared/words/durations.ts';
import { blockedRequest } from '../../run/queue/resource-locks.ts';
import { takesUp } from '../../run/resume.ts';
import type { RunState, TaskRecord } from '../../run/state/state.ts';
import { isAsked } from '../../run/transition/judgement.ts';
import { agentOf } from '../../run/transition/transition.ts';

/** The status and text of a task's row. */
export interface TaskDisplay {
  readonly status: TaskStatus;
  readonly appearance: TaskAppearance;
  readonly detail: string;
  readonly blockedBy: readonly Blocker[];
}

/** Describes a task by its state in a run. `live`: the run is in progress. `now`: ms. */
export function describeTaskInRun(
  record: TaskRecord,
  context: {
    readonly live: boolean;
    readonly now: number;
    readonly run: { readonly state: RunState } | null;
  },
): TaskDisplay {
  const { state } = record;
  const none: readonly Blocker[] = [];
  const repairs = context.run?.state.plan.repairs ?? 0;
  switch (state.kind) {
    case 'excluded':
      return { status: 'completed', appearance: 'completed', detail: state.word, blockedBy: none };
    case 'waiting': {
      const ids = record.dependencies
        .filter((dependency) => dependency.state.kind !== 'completed')
        .map((dependency) => dependency.planned.id);
      const detail = `waits for ${ids.join(', ')}`;
      return { status: 'pending', appearance: 'waiting', detail, blockedBy: none };
    }
    case 'ready':
      return { status: 'pending', blockedBy: none, ...queued(record, repairs) };
    case 'held':
      return displayHeld(state, context.now);
    case 'running':
      return displayRunning(record, state, repairs);
    case 'verifying':
      if (isAsked(record)) {
        return {
          status: 'in_progress',
          appearance: 'needs_you',
          detail: t('waits for you: proven, or not?'),
          blockedBy: none,
        };
      }
      return {
        status: 'in_progress',
        appearance: 'running',
        detail: verifyingDetail(record, state.stage),
        blockedBy: none,
      };
    case 'completed':
      return displayCompleted(record, state.close, context.live);
    case 'blocked':
      return {
        status: 'blocked',
        appearance: 'blocked',
        detail: blockedDetail(state.by),
        blockedBy: state.by,
      };
    case 'failed':
      return {
        status: 'failed',
        appearance: 'failed',
        detail: state.failure.message,
        blockedBy: none,
      };
    case 'cancelled':
      return {
        status: 'cancelled',
        appearance: 'cancelled',
        detail: timed(['stopped', ...subagentOf(record)], record),
        blockedBy: none,
      };
    default:
      return unreachable(state);
  }
}

/** A ready task may have to wait for a resource lock. */
function queued(record: TaskRecord, repairs: number): Pick<TaskDisplay, 'appearance' | 'detail'> {
  if (record.approval === 'asked') {
    return { appearance: 'needs_you', detail: 'waits for your approval' };
  }
  const blocked = blockedRequest(record);
  if (blocked === undefined) {
    const again = takesUp(record, repairs) ?? [];
    return { appearance: 'queued', detail: ['queued', again].flat().join(' · ') };
  }
  const { live, path } = blocked.lock;
  const ids = Array.from(live, ({ planned }) => planned.id);
  const why = path === null ? 'they conflict' : 'same files';
  return { appearance: 'waiting', detail: `waits for ${ids.join(', ')} (${why})` };
}

function displayHeld(
  state: Extract<TaskRecord['state'], { kind: 'held' }>,
  now: number,
): TaskDisplay {
  const left = describeDuration(Math.max(0, state.until - now));
  const throttled = state.why === 'throttled';
  return {
    status: 'pending',
    appearance: throttled ? 'throttled' : 'backing_off',
    detail: throttled ? `throttled, goes on in ${left}` : `tries again in ${left}`,
    blockedBy: [],
  };
}

function displayRunning(
  record: TaskRecord,
  state: Extract<TaskRecord['state'], { kind: 'running' }>,
  repairs: number,
): TaskDisplay {
  const who = agentOf(record)?.agent ?? record.planned.subagent;
  const name = who === 'run' ? [] : [who];
  const shared = { status: 'in_progress' as const, blockedBy: [] };
  if (state.stage === 'stopping') {
    return { ...shared, appearance: 'stopping', detail: 'stopping' };
  }
  if (state.needsYou !== null) {
    return { ...shared, appearance: 'needs_you', detail: `asks: ${state.needsYou}` };
  }
  if (state.throttledUntil !== null) {
    return { ...shared, appearance: 'throttled', detail: `${who} · throttled by its provider` };
  }
  const step = state.step ?? (state.stage === 'requested' ? 'starting' : 'running');
  const words = [...name, takesUp(record, repairs) ?? [], step].flat();
  return { ...shared, appearance: 'running', detail: words.join(' · ') };
}

function displayCompleted(
  record: TaskRecord,
  close: Extract<TaskRecord['state'], { kind: 'completed' }>['close'],
  live: boolean,
): TaskDisplay {
  const shared = { status: 'completed' as const, blockedBy: [] };
  if (close.kind === 'problem') {
    return { ...shared, appearance: 'proven', detail: `proven, not yet closed: ${close.message}` };
  }
  if (close.kind === 'closed' || live) {
    return { ...shared, appearance: 'completed', detail: timed(subagentOf(record), record) };
  }
  return { ...shared, appearance: 'proven', detail: 'proven, not yet closed' };
}

function verifyingDetail(
  { planned }: TaskRecord,
  stage: Extract<TaskRecord['state'], { kind: 'verifying' }>['stage'],
): string {
  if (stage === 'stopping') {
    return 'stopping its test';
  }
  return planned.test === null
    ? 'checking the evidence'
    : `checking the evidence, with ${planned.test.label}`;
}

/** The subagent's name; none for a `run:` task, which its own command carries out. */
export function subagentOf(record: TaskRecord): readonly string[] {
  return agentOf(record)?.agent === 'run' ? [] : [record.planned.subagent];
}

/** The words, and the duration if known. */
export function timed(words: readonly string[], { startedAt, endedAt }: TaskRecord): string {
  const time =
    startedAt === null || endedAt === null ? [] : [describeDuration(endedAt - startedAt)];
  const known = [...words, ...time];
  return known.length === 0 ? 'done' : known.join(' · ');
}

/** Its blockers with their status. */
export function blockedDetail(by: readonly Blocker[]): string {
  return `blocked by ${by.map(({ id, status }) => `${id} (${status})`).join(', ')}`;
}
