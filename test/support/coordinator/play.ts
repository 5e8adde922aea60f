import { strict as assert } from 'node:assert';
import type { RunState } from '../../../src/coordinator/run/state/state.ts';
import type { RunEventBody } from '../../../src/coordinator/schema/events.ts';
import type { RunSpec } from '../../../src/coordinator/schema/run-spec.ts';
import { asAgentId } from '../../../src/shared/ids.ts';
import type { Step } from './arbitraries.ts';
import { keyOf } from './plans.ts';
import { Simulation } from './simulation.ts';

/** Plays a whole script, then answers every request with success until the run ends. */
export function play(plan: RunSpec, script: readonly Step[]): Simulation {
  const simulation = new Simulation(plan);
  for (const step of script) {
    if (simulation.run.ended !== null) {
      break;
    }
    perform(simulation, step);
  }
  finish(simulation);
  return simulation;
}

function perform(simulation: Simulation, step: Step): void {
  simulation.passes(step.afterMs);
  const { run } = simulation;
  if (run.ended !== null) {
    // The run has reached its time limit.
    return;
  }
  const chosen = run.order[step.pick % run.order.length];
  assert.ok(chosen);
  const task = chosen.planned.key;
  switch (step.act) {
    case 'answer':
      simulation.happens(answered(simulation, step));
      return;
    case 'cancel task':
    case 'cancel run':
      simulation.happens({
        type: 'cancel.requested',
        task: step.act === 'cancel run' ? null : task,
        by: 'a person',
      });
      return;
    case 'nudge': {
      const over = run.order.filter(({ session }) => session !== null);
      const key = over[step.pick % over.length]?.planned.key ?? task;
      const message = 'And the docs?';
      simulation.happens({ type: 'nudge.requested', task: key, message, by: 'me' });
      return;
    }
    case 'outside': {
      const blocker = { key: keyOf('elsewhere'), id: 'elsewhere', status: 'in progress' };
      simulation.happens({ type: 'outside.changed', task, blockedBy: step.well ? [] : [blocker] });
      return;
    }
    case 'other':
      simulation.happens(otherEvents[step.pick % otherEvents.length] ?? { type: 'wake' }, 0);
      return;
    case 'external':
      simulation.happens(externalEvent(run.now, step));
      return;
    case 'crash':
      simulation.crashes(answered(simulation, step), step.pick % 4, step.pick % 7, step.well);
      return;
    case 'late': {
      const late = simulation.journal
        .map(({ event }) => event)
        .filter((event) => isLate(run, event));
      simulation.comesLate(late[step.pick % late.length] ?? { type: 'wake' });
      return;
    }
  }
}

/** Answers one of the pending requests; returns a warning if there are none. */
function answered({ world }: Simulation, step: Step): RunEventBody {
  const pending = world.pending();
  const chosen = pending[step.pick % Math.max(1, pending.length)];
  return chosen === undefined
    ? { type: 'warning', message: 'Nothing goes on.' }
    : world.answer(chosen, step.well, step.answer);
}

/** News of a provider or an agent from another run. */
function externalEvent(now: number, { pick, well, answer: { tokens } }: Step): RunEventBody {
  const name = ['claude', 'codex', 'mine', 'unknown'][pick % 4] ?? '';
  const until = now + tokens * 100;
  return pick % 8 < 4
    ? { type: 'provider.throttled_elsewhere', provider: name, until }
    : { type: 'breaker.synced', agent: asAgentId(name), until: well ? until : null };
}

const otherEvents: readonly RunEventBody[] = [
  { type: 'wake' },
  { type: 'warning', message: 'The disk is almost full.' },
  { type: 'plan.changed', hash: 'd4e5f6', detail: 'T9 was added.' },
  { type: 'cancel.requested', task: keyOf('unknown'), by: 'a person' },
  { type: 'outside.changed', task: keyOf('unknown'), blockedBy: [] },
  { type: 'attempt.claimed', task: keyOf('unknown'), attempt: 1, pid: 1 },
];

/** Returns whether this fact would change nothing if the journal contained it again; decisions occur once. */
function isLate(run: RunState, event: RunEventBody): boolean {
  if (event.type.endsWith('.requested')) {
    return false;
  }
  if ('job' in event) {
    const { state, attempt } = run.suites[event.job];
    return state.kind !== 'running' || event.attempt !== attempt;
  }
  if (!('task' in event) || event.task === null) {
    return false;
  }
  const record = run.tasks.get(event.task);
  const state = record?.state;
  if (event.type === 'close.ended') {
    return !(state?.kind === 'completed' && state.close.kind === 'requested');
  }
  if (!('attempt' in event)) {
    return false;
  }
  const busy = event.type.startsWith('evidence') ? 'verifying' : 'running';
  return event.attempt !== record?.attempt || state?.kind !== busy;
}

function finish(simulation: Simulation): void {
  const most = 100 + 20 * simulation.run.order.length;
  for (let turn = 0; simulation.run.ended === null; turn += 1) {
    assert.ok(turn < most, 'the run does not end');
    const [oldest] = simulation.world.pending();
    if (oldest !== undefined) {
      const well = {
        how: 'end' as const,
        failure: null,
        tests: 'passed' as const,
        jitter: 0,
        tokens: 40,
        known: true,
      };
      simulation.happens(simulation.world.answer(oldest, true, well));
    } else {
      const { wakeAt } = simulation;
      assert.ok(wakeAt !== null, 'the run waits for nothing');
      simulation.passes(Math.max(0, wakeAt - simulation.run.now));
    }
  }
  assert.deepEqual(simulation.world.pending(), [], 'the run ended before its attempts');
}
