import { unreachable } from '../../shared/unreachable.ts';
import type { RunEventBody } from '../schema/events.ts';
import type { RunState } from './state/state.ts';

type CheckEvent = Extract<
  RunEventBody,
  {
    type:
      | 'check.requested'
      | 'check.claimed'
      | 'check.cancel.requested'
      | 'check.revoked'
      | 'check.ended';
  }
>;

/** A runner that vanished is restarted once; the second time counts as a result. */
const MOST_INTERRUPTIONS = 1;

/** The run's own commands: context refresh, baseline, tests. */
export function evolveCheck(run: RunState, event: CheckEvent): void {
  const check = run.suites[event.job];
  if (event.type === 'check.requested') {
    if (check.state.kind === 'idle' && event.attempt === check.attempt + 1) {
      check.attempt = event.attempt;
      check.offset = 0;
      check.state = { kind: 'running', stage: 'requested', requestedAt: run.now, pid: null };
    }
    return;
  }
  if (check.state.kind !== 'running' || check.attempt !== event.attempt) {
    return;
  }
  switch (event.type) {
    case 'check.claimed':
      check.state.pid = event.pid;
      check.state.stage = check.state.stage === 'stopping' ? 'stopping' : 'claimed';
      return;
    case 'check.cancel.requested':
      check.state.stage = 'stopping';
      return;
    case 'check.revoked':
      check.state = { kind: 'idle' };
      return;
    case 'check.ended': {
      const { outcome, tests } = event;
      check.offset = event.offset;
      if (outcome.failure?.reason === 'interrupted' && !run.cancelled && !run.timedOut) {
        check.interrupted += 1;
        if (check.interrupted <= MOST_INTERRUPTIONS) {
          check.state = { kind: 'idle' };
          return;
        }
      }
      check.state = {
        kind: 'ended',
        outcome,
        tests,
        requestedAt: check.state.requestedAt,
        endedAt: run.now,
      };
      return;
    }
    default:
      unreachable(event);
  }
}
