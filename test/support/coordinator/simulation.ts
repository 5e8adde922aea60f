import { strict as assert } from 'node:assert';
import { decide } from '../../../src/coordinator/run/decide.ts';
import { begin, evolve, replay } from '../../../src/coordinator/run/evolve.ts';
import { blockedRequest } from '../../../src/coordinator/run/queue/resource-locks.ts';
import type { RunState } from '../../../src/coordinator/run/state/state.ts';
import {
  type RunEvent,
  type RunEventBody,
  runEventSchema,
} from '../../../src/coordinator/schema/events.ts';
import { FORMAT } from '../../../src/coordinator/schema/format.ts';
import type { RunSpec } from '../../../src/coordinator/schema/run-spec.ts';
import { PHASES } from '../../../src/shared/status.ts';
import { rightActions, rightWake } from './oracle/expectations.ts';
import { keptIndices, trueIndices } from './oracle/indices.ts';
import type { Model } from './oracle/model.ts';
import { mustNotOverlap } from './oracle/mutexes.ts';
import { startModel, step } from './oracle/step.ts';
import { projectState } from './projection.ts';
import { START } from './rehearsal.ts';
import { World } from './world.ts';

/**
 * A run in virtual time whose every step is checked: against a second state that is only ever replayed, against the
 * oracle, and against the invariants that hold in any run at any moment.
 */
export class Simulation {
  readonly world: World;
  run: RunState;
  journal: RunEvent[] = [];
  #replayed: RunState;
  #model: Model;
  #now = START;
  /** Number of events that a crash cannot lose: up to the last decision that was performed. */
  #flushed = 1;

  constructor(plan: RunSpec) {
    const first = written({ v: FORMAT, seq: 1, at: START, event: { type: 'run.started', plan } });
    this.world = new World(plan);
    this.journal.push(first);
    this.run = begun(first);
    this.#replayed = begun(first);
    this.#model = startModel(plan, START);
    this.#compare();
    this.settle();
  }

  get wakeAt(): number | null {
    return decide(this.run).wakeAt;
  }

  /** Advances the time, waking the coordinator whenever it requested that. */
  passes(ms: number): void {
    const until = this.#now + ms;
    for (let due = this.wakeAt; due !== null && due <= until; due = this.wakeAt) {
      this.#now = Math.max(this.#now, due);
      this.happens({ type: 'wake' });
    }
    this.#now = until;
  }

  happens(event: RunEventBody, at: number = this.#now): void {
    this.#record(event, at);
    this.settle();
  }

  /** Decides until nothing changes and performs the decisions. */
  settle(): void {
    this.world.perform(this.#decided(Infinity));
    this.#flushed = this.journal.length;
  }

  /** Passes an event that comes too late: only the clock may change. */
  comesLate(event: RunEventBody): void {
    this.happens({ type: 'wake' });
    const before = projectState({ ...this.run, seq: 0 });
    this.#record(event, this.#now);
    assert.equal(projectState({ ...this.run, seq: 0 }), before, `${event.type} came late`);
    this.settle();
  }

  /**
   * Ends the coordinator after `decisions` more decisions, none of them performed, and loses `lost` lines that were not
   * yet on disk; another coordinator adopts the run and reconciles what was running.
   */
  crashes(event: RunEventBody, decisions: number, lost: number, losesRunners: boolean): void {
    this.#record(event, this.#now);
    this.#decided(decisions);
    const kept = Math.max(this.#flushed, this.journal.length - lost);
    this.#restore(this.journal.slice(0, kept));
    // The coordinator decides the end of a run only after its last effect is answered, so there is nothing to adopt.
    if (this.run.ended !== null) {
      return;
    }
    const { epoch } = this.run;
    const coordinator = { pid: 7, start: null, host: 'here', boot: null };
    this.#record({ type: 'run.resumed', epoch: epoch + 1, coordinator }, this.#now);
    for (const answer of this.world.reconcile(this.run, losesRunners)) {
      this.#record(answer, this.#now);
    }
    this.settle();
  }

  #restore(journal: RunEvent[]): void {
    const [first, ...rest] = journal;
    assert.ok(first);
    this.journal = journal;
    const run = replay(journal);
    const replayed = replay(journal);
    assert.ok(run !== null && replayed !== null);
    this.run = run;
    this.#replayed = replayed;
    this.#model = rest.reduce(step, startModel(run.plan, START));
    this.#compare();
  }

  #decided(most: number): RunEventBody[] {
    const actions: RunEventBody[] = [];
    while (actions.length < most) {
      const action = this.#nextAction();
      if (action === null) {
        return actions;
      }
      this.world.expect(this.run, action);
      this.#record(action, this.#now);
      actions.push(action);
      assert.ok(actions.length <= 10 * this.run.order.length + 20, 'decisions never come to rest');
    }
    return actions;
  }

  #nextAction(): RunEventBody | null {
    const { action, wakeAt } = decide(this.run);
    assert.deepEqual(decide(this.run), { action, wakeAt }, 'asking twice gives two answers');
    const right = rightActions(this.#model);
    if (action === null) {
      assert.deepEqual(right, [], 'something should have been decided');
      assert.equal(wakeAt, rightWake(this.#model));
    } else {
      const texts = right.map((each) => facts(each));
      const text = facts(action);
      assert.ok(texts.includes(text), `${text} instead of ${texts.join(' or ')}`);
      assert.equal(wakeAt, null);
    }
    return action;
  }

  #record(event: RunEventBody, at: number): void {
    const { now, phase } = this.run;
    const line = written({ v: FORMAT, seq: this.journal.length + 1, at, event });
    this.journal.push(line);
    evolve(this.run, line);
    evolve(this.#replayed, line);
    this.#model = step(this.#model, line);
    assert.ok(this.run.now >= now, 'time went back');
    assert.ok(phaseNumber(this.run.phase) >= phaseNumber(phase), 'a phase went back');
    this.#compare();
  }

  #compare(): void {
    assert.equal(projectState(this.run), projectState(this.#replayed), 'a replay differs');
    assert.deepEqual(keptIndices(this.run), trueIndices(this.#model));
    assert.ok(this.run.live <= this.run.plan.maxConcurrent, 'more are live than allowed');
    this.#checkMutexes();
  }

  /**
   * Checks mutexes and queue heads. A coordinator that adopts a run finds its attempts running, so this holds for it
   * too.
   */
  #checkMutexes(): void {
    const { plan, order, ready } = this.run;
    const live = order.filter(
      ({ state }) => state.kind === 'running' || state.kind === 'verifying',
    );
    for (const { planned: one } of live) {
      for (const { planned: other } of live) {
        assert.ok(!mustNotOverlap(plan, one.key, other.key), `${one.id} runs beside ${other.id}`);
      }
    }
    for (const first of [...ready.values()].flatMap((queue) => queue.peek() ?? [])) {
      assert.equal(blockedRequest(first), undefined, 'the head of a queue cannot start');
    }
  }
}

/** Returns all of a decision except its message. */
function facts(event: RunEventBody): string {
  const nested = event.type === 'attempt.requested' ? Object.keys(event.resume ?? {}) : [];
  const names = [...Object.keys(event), ...nested].filter((name) => name !== 'message');
  return JSON.stringify(event, names.toSorted());
}

function phaseNumber(phase: RunState['phase']): number {
  return phase === null ? -1 : PHASES.indexOf(phase);
}

/** Returns the event as a reader of the journal gets it: through text and the schema. */
function written(event: RunEvent): RunEvent {
  return runEventSchema.parse(JSON.parse(JSON.stringify(event)));
}

function begun(first: RunEvent): RunState {
  const run = begin(first);
  assert.ok(run);
  return run;
}
