import { strict as assert } from 'node:assert';
import { begin, evolve } from '../../../src/coordinator/run/evolve.ts';
import type { RunState } from '../../../src/coordinator/run/state/state.ts';
import type { RunEventBody } from '../../../src/coordinator/schema/events.ts';
import { FORMAT } from '../../../src/coordinator/schema/format.ts';
import type { RunSpec } from '../../../src/coordinator/schema/run-spec.ts';

/** Start of a recorded run, ms since the epoch; each event follows a second after the previous one. */
export const RUN_START = 1_000_000;

/** Returns the state of a run after exactly these events. */
export function recordedRun(plan: RunSpec, events: readonly RunEventBody[]): RunState {
  const run = begin({ v: FORMAT, seq: 1, at: RUN_START, event: { type: 'run.started', plan } });
  assert.ok(run);
  events.forEach((event, place) => {
    evolve(run, { v: FORMAT, seq: place + 2, at: RUN_START + (place + 1) * 1000, event });
  });
  return run;
}
