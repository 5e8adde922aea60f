import type { TaskKey } from '../../shared/ids.ts';
import { unreachable } from '../../shared/unreachable.ts';
import type { WorkflowEvent, WorkflowEventBody } from './events.ts';
import { countStage, developmentOf, reasonToGoBack } from './judge-stage.ts';
import type { Position, StagePassage, WorkflowState } from './state.ts';

/** The state after the first event; `null` unless it starts a workflow. */
export function beginWorkflow({ seq, at, event }: WorkflowEvent): WorkflowState | null {
  if (event.type !== 'workflow.started') {
    return null;
  }
  const { workflow, id, definition, tasks } = event;
  return {
    workflow,
    id,
    definition,
    tasks,
    seq,
    startedAt: at,
    now: at,
    position: { kind: 'next', stage: 0 },
    loop: 0,
    wanted: null,
    history: [],
    results: new Map(),
    errors: [],
    loops: [],
    cancelled: false,
    ended: null,
  };
}

/** The state after a whole journal; `null` without a first event. */
export function replayWorkflow(events: readonly WorkflowEvent[]): WorkflowState | null {
  const [first, ...others] = events;
  const state = first === undefined ? null : beginWorkflow(first);
  if (state !== null) {
    for (const event of others) {
      evolveWorkflow(state, event);
    }
  }
  return state;
}

/** Applies an event to the state in place. */
export function evolveWorkflow(state: WorkflowState, { seq, at, event }: WorkflowEvent): void {
  state.seq = seq;
  state.now = at;
  apply(state, event);
}

function apply(state: WorkflowState, event: WorkflowEventBody): void {
  const passage = state.history.at(-1);
  switch (event.type) {
    case 'stage.entered':
      state.history.push(passageOf(state, event, 'running'));
      state.position = { kind: 'running', stage: event.stage };
      state.wanted = null;
      return;
    case 'stage.skipped':
      state.history.push(passageOf(state, { ...event, tasks: [], again: [] }, 'skipped'));
      state.position = { kind: 'next', stage: event.stage + 1 };
      return;
    case 'run.recorded':
      remember(state, event);
      passage?.runs.add(event.run);
      passage?.suites.set(event.group, event.suite);
      passage?.findings.push(...event.findings);
      return;
    case 'dispatch.failed':
      logError(state, event);
      return;
    case 'stage.ended':
      remember(state, event);
      endPassage(state, event.counts);
      return;
    case 'gate.checked':
      passGate(state, event);
      return;
    case 'feedback.requested': {
      const { from, to, loop, why, findings, tasks } = event;
      state.loops.push({ from, to, loop, why, findings, tasks });
      state.loop = loop;
      state.wanted = event.tasks;
      state.position = { kind: 'next', stage: event.to };
      return;
    }
    case 'workflow.cancelled':
      state.cancelled = true;
      return;
    case 'workflow.ended': {
      const { status, exitCode, failures } = event;
      state.ended = { status, exitCode, failures, at: state.now };
      return;
    }
    case 'workflow.started':
    case 'workflow.resumed':
      return;
    default:
      return unreachable(event);
  }
}

function passageOf(
  state: WorkflowState,
  {
    stage,
    loop,
    tasks,
    again,
  }: {
    readonly stage: number;
    readonly loop: number;
    readonly tasks: readonly TaskKey[];
    readonly again: readonly TaskKey[];
  },
  status: 'running' | 'skipped',
): StagePassage {
  return {
    stage,
    loop,
    tasks,
    again,
    status,
    startedAt: state.now,
    endedAt: status === 'skipped' ? state.now : null,
    counts: countStage(state, stage),
    gate: null,
    runs: new Set(),
    suites: new Map(),
    findings: [],
  };
}

function remember(
  state: WorkflowState,
  event: Extract<WorkflowEventBody, { type: 'run.recorded' | 'stage.ended' }>,
): void {
  const { stage, loop, results } = event;
  for (const result of results) {
    state.results.set(result.task, { ...result, stage, loop });
  }
  const passage = state.history.at(-1);
  if (passage !== undefined) {
    passage.counts = countStage(state, passage.stage);
  }
}

/** A refused task counts as failed. */
function logError(
  state: WorkflowState,
  event: Extract<WorkflowEventBody, { type: 'dispatch.failed' }>,
): void {
  const { stage, loop, task, code, message } = event;
  state.errors.push({ at: state.now, stage, loop, task, code, message });
  if (task === null) {
    state.position = { kind: 'stuck' };
  } else {
    state.results.set(task, { task, status: 'failed', message, run: null, stage, loop });
  }
}

function endPassage(state: WorkflowState, counts: StagePassage['counts']): void {
  const passage = state.history.at(-1);
  if (passage !== undefined) {
    passage.counts = counts;
    passage.endedAt = state.now;
    passage.status = state.cancelled ? 'cancelled' : 'completed';
    state.position = { kind: 'ended', stage: passage.stage };
  }
}

function passGate(
  state: WorkflowState,
  { stage, rate, required, open }: Extract<WorkflowEventBody, { type: 'gate.checked' }>,
): void {
  const passage = state.history.at(-1);
  if (passage === undefined) {
    return;
  }
  passage.gate = { rate, required, open };
  const why = reasonToGoBack(passage);
  if (why === 'gate' || why === 'suite') {
    passage.status = 'failed';
  }
  state.position = after(state, stage, why);
}

/** Without a development stage to return to, only a closed gate stops a workflow. */
function after(
  state: WorkflowState,
  stage: number,
  why: ReturnType<typeof reasonToGoBack>,
): Position {
  const goesBack = why !== null && (why === 'gate' || developmentOf(state, stage) !== null);
  return goesBack ? { kind: 'back', stage, why } : { kind: 'next', stage: stage + 1 };
}
