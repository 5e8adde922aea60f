import { nudgeRefusal } from '../../run/resume.ts';
import type { RunState, TaskRecord } from '../../run/state/state.ts';
import { isAsked } from '../../run/transition/judgement.ts';
import { agentOf } from '../../run/transition/transition.ts';
import type { Holder } from '../project-run.ts';

/** The actions that the user can take on a task of a run. */
export interface Steering {
  /** Send a message to its agent, during or after its work. */
  readonly canNudge: boolean;
  /** Stop this task only. */
  readonly canStop: boolean;
  /** Accept or reject its result. */
  readonly asksProof: boolean;
}

export const NO_STEERING: Steering = {
  canNudge: false,
  canStop: false,
  asksProof: false,
};

/** The possible actions on a task of a run in progress. */
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

/** Whether its agent accepts messages while it works. */
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
