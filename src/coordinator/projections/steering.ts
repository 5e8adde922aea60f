import { nudgeRefusal } from '../run/resume.ts';
import type { RunState, TaskRecord } from '../run/state/state.ts';
import { isAsked } from '../run/transition/judgement.ts';
import { agentOf } from '../run/transition/transition.ts';
import type { Holder } from './project-run.ts';

/** What a person can do with a task in a run. */
export interface Steering {
  /** Say something to its agent, at work or after it. */
  readonly canNudge: boolean;
  /** Stop it, and let the rest of the run go on. */
  readonly canStop: boolean;
  /** Say whether it is proven. */
  readonly asksProof: boolean;
}

export const NO_STEERING: Steering = {
  canNudge: false,
  canStop: false,
  asksProof: false,
};

/** How a task of a run that goes on can be steered. */
export function steeringOf(record: TaskRecord, state: RunState, holder: Holder): Steering {
  if (holder.holder === 'nobody' || state.ended !== null) {
    return NO_STEERING;
  }
  return {
    canNudge: listens(record) || nudgeRefusal(state, record) === null,
    canStop: isOpen(record),
    asksProof: isAsked(record),
  };
}

/** Whether its agent listens while it works. */
export function listens(record: TaskRecord): boolean {
  const { state } = record;
  const isAtWork = state.kind === 'running' && state.stage !== 'stopping';
  return isAtWork && agentOf(record)?.stdin === 'conversation';
}

function isOpen({ state, cancelRequested }: TaskRecord): boolean {
  switch (state.kind) {
    case 'waiting':
    case 'ready':
    case 'held':
      return !cancelRequested;
    case 'running':
      return state.stage !== 'stopping';
    case 'verifying':
    case 'excluded':
    case 'completed':
    case 'blocked':
    case 'failed':
    case 'cancelled':
      return false;
  }
}
