import { strict as assert } from 'node:assert';
import { begin, evolve } from '../../../src/coordinator/run/evolve.ts';
import type { RunState } from '../../../src/coordinator/run/state/state.ts';
import type { RunEventBody } from '../../../src/coordinator/schema/events.ts';
import type { RunSpec } from '../../../src/coordinator/schema/run-spec.ts';

/** When a told run starts, ms; each event comes a second after the one before. */
export const TOLD_START = 1_000_000;

/** The state of a run to which just this happened. */
export function told(plan: RunSpec, events: readonly RunEventBody[]): RunState {
  const run = begin({ v: 1, seq: 1, at: TOLD_START, event: { type: 'run.started', plan } });
  assert.ok(run);
  events.forEach((event, place) => {
    evolve(run, { v: 1, seq: place + 2, at: TOLD_START + (place + 1) * 1000, event });
  });
  return run;
}
