import type { Outcome, RunnerEvent } from '../../coordinator/schema/attempt.ts';
import type { Failure } from '../../shared/failure.ts';
import type { Usage } from '../../shared/view-models/group-views.ts';

/** Reports about a watched attempt. `revoked`: it has not started and never will. */
export type AttemptReport =
  | { readonly kind: 'claimed'; readonly pid: number }
  | { readonly kind: 'progress'; readonly progress: AttemptProgress }
  | { readonly kind: 'ended'; readonly offset: number; readonly outcome: Outcome }
  | { readonly kind: 'revoked' };

/** Changes since the last report; `null` = nothing new (for needs and throttling: they have ended). */
export interface AttemptProgress {
  /** Bytes of the runner's events that have been processed. */
  readonly offset: number;
  readonly step: string | null;
  readonly needsYou: string | null;
  readonly throttledUntil: number | null;
  readonly usage: Usage | null;
}

/** An outcome for an attempt whose runner cannot report one. */
export function outcomeWithout(failure: Failure): Outcome {
  return {
    failure: mutable(failure),
    exitCode: null,
    signal: null,
    durationMs: 0,
    summary: null,
    sessionId: null,
    usage: null,
    edits: [],
    denials: [],
    lastWord: null,
  };
}

function mutable(failure: Failure): Outcome['failure'] {
  return failure.reason === 'denied' ? { ...failure, denials: [...failure.denials] } : failure;
}

/** The progress that an event reports. `needsYou`: the agent's latest question before the event. */
export function progressOf(
  event: Exclude<RunnerEvent, { type: 'ended' | 'started' }>,
  offset: number,
  needsYou: string | null,
): AttemptProgress {
  const nothing = { step: null, needsYou: null, throttledUntil: null, usage: null };
  const base = { offset, ...nothing };
  switch (event.type) {
    case 'step':
      // Spoken text stands alone; every other step needs its verb.
      return { ...base, step: event.kind === 'says' ? event.text : `${event.kind} ${event.text}` };
    case 'usage':
      return { ...base, needsYou, usage: event.usage };
    case 'session':
      return { ...base, needsYou };
    case 'throttled':
      return { ...base, throttledUntil: event.untilMs ?? event.at };
    case 'needs_you':
      return { ...base, needsYou: event.text };
  }
}
