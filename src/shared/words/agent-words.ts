import { t } from '../messages.ts';
import { unreachable } from '../unreachable.ts';
import type { AgentState, AgentView, SignIn } from '../view-models/agent-views.ts';
import { describeClock } from './durations.ts';

/** Describes an agent's state in a few words, as a row shows it. `now`: ms since the epoch. */
export function stateWords(state: AgentState, now: number): string {
  switch (state.kind) {
    case 'available':
      return state.running === 0 ? 'available' : `available · ${ofLimit(state)} running`;
    case 'busy':
      return `busy · ${ofLimit(state)} running`;
    case 'not_installed':
      return 'not installed';
    case 'not_signed_in':
      return 'not signed in';
    case 'breaker_open':
      return `breaker open · ${secondsLeft(state.until, now)}`;
    case 'half_open':
      return 'breaker half-open · the next task tries it';
    case 'unregistered':
      return 'unregistered';
    case 'not_allowed':
      return 'not allowed by policy';
    default:
      return unreachable(state);
  }
}

/** Describes the tested versions: `1.0.128 to 2.1.329`, or the only one. */
export function rangeWords({ oldest, newest }: NonNullable<AgentView['tested']>): string {
  return oldest === newest ? oldest : `${oldest} to ${newest}`;
}

/** Describes the sign-in state in one sentence. */
export function signInWords({ seen, how }: SignIn): string {
  return seen === null
    ? `no sign-in was seen where it usually is. ${how}`
    : t('a sign-in was seen ({0}).', seen);
}

function ofLimit({
  running,
  limit,
}: {
  readonly running: number;
  readonly limit: number | null;
}): string {
  return limit === null ? String(running) : `${running} of ${limit}`;
}

function secondsLeft(until: number, now: number): string {
  return `${describeClock(Math.ceil((until - now) / 1000) * 1000)} left`;
}
