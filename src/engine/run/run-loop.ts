import { decide } from '../../coordinator/run/decide.ts';
import { evolve } from '../../coordinator/run/evolve.ts';
import type { RunState } from '../../coordinator/run/state/state.ts';
import type { RunEvent, RunEventBody } from '../../coordinator/schema/events.ts';
import { FORMAT } from '../../coordinator/schema/format.ts';
import type { Disposable } from '../../shared/disposable.ts';
import { Emitter } from '../../shared/emitter.ts';
import { t } from '../../shared/messages.ts';
import type { Result } from '../../shared/result.ts';
import type { Clock } from '../../system/clock.ts';

/** Where events go before they count. */
export interface Journal {
  append(event: RunEvent): void;
  flush(): Promise<Result<void, { readonly message: string }>>;
}

export interface RunLoopDeps {
  readonly run: RunState;
  readonly journal: Journal;
  readonly clock: Clock;
  /** Whether this process still coordinates the run: asked before every effect. */
  readonly mayAct: () => Promise<boolean>;
  /** Carries a decision out; what comes of it is posted back as an event. */
  readonly perform: (action: RunEventBody) => void;
}

/** Decisions without an effect in the world need not be on disk before the next one. */
const WITHOUT_EFFECT: ReadonlySet<RunEventBody['type']> = new Set(['phase.entered']);
/** What only looks can be looked at again by whoever takes the run up, so nothing waits for the disk. */
const LOOKING: ReadonlySet<RunEventBody['type']> = new Set(['evidence.requested']);

/**
 * The loop of one run: events in, decisions out, each written down before it is carried out. If the journal cannot be
 * written, or another coordinator took over, nothing is carried out any more and `suspended` says why.
 */
export class RunLoop implements Disposable {
  readonly #parts: RunLoopDeps;
  readonly #inbox: RunEventBody[] = [];
  readonly #changes = new Emitter<RunEventBody>();
  #turning: Promise<void> | null = null;
  #wake: Disposable | null = null;
  #suspended: string | null = null;
  #disposed = false;
  /** By how much the run's time is ahead of a clock that was set back, ms. */
  #ahead = 0;

  /** Fires for every event once it is part of the state. */
  readonly onEvent = this.#changes.subscribe;

  constructor(parts: RunLoopDeps) {
    this.#parts = parts;
  }

  get run(): RunState {
    return this.#parts.run;
  }

  /** Why the run does not go on although it is not over; `null` = it does. */
  get suspended(): string | null {
    return this.#suspended;
  }

  /** Adds what happened; the loop turns by itself. Nothing is taken after disposal. */
  post(event: RunEventBody): void {
    if (!this.#disposed) {
      this.#inbox.push(event);
      this.turn();
    }
  }

  /** Lets the loop decide, for example after a run was picked up. */
  turn(): void {
    this.#turning ??= this.#run();
  }

  /** Resolves when nothing is left to be decided just now. */
  async settled(): Promise<void> {
    while (this.#turning !== null) {
      await this.#turning;
    }
  }

  /** Stops deciding; what was decided stays decided. */
  dispose(): void {
    this.#disposed = true;
    this.#wake?.dispose();
  }

  async #run(): Promise<void> {
    // A first pause: everything that is posted in the same turn of Node's loop is decided, and flushed, together.
    await Promise.resolve();
    try {
      do {
        if (this.#disposed) {
          // The journal may be closed by now, and another coordinator at work.
          return;
        }
        this.#recordPosted();
        await this.#carryOut(this.#decideAll());
      } while (this.#inbox.length > 0 && this.#isGoing());
    } finally {
      // Not a microtask later: what is posted in between would wait for the next event, which may never come.
      this.#turning = null;
    }
  }

  /** What a listener answers to an event, such as that memory is short, is part of it before anything is decided. */
  #recordPosted(): void {
    while (this.#inbox.length > 0) {
      this.#inbox.splice(0).forEach((event) => {
        this.#record(event);
      });
    }
  }

  #isGoing(): boolean {
    return !this.#disposed && this.#suspended === null;
  }

  #decideAll(): RunEventBody[] {
    const actions: RunEventBody[] = [];
    if (!this.#isGoing()) {
      return actions;
    }
    let decision = decide(this.#parts.run);
    while (decision.action !== null) {
      this.#record(decision.action);
      actions.push(decision.action);
      decision = decide(this.#parts.run);
    }
    this.#schedule(decision.wakeAt);
    return actions;
  }

  async #carryOut(actions: readonly RunEventBody[]): Promise<void> {
    const effects = actions.filter(({ type }) => !WITHOUT_EFFECT.has(type));
    if (effects.length === 0) {
      return;
    }
    if (effects.some(({ type }) => !LOOKING.has(type))) {
      const flushed = await this.#parts.journal.flush();
      if (!flushed.ok) {
        this.#suspend(flushed.failure.message);
        return;
      }
    }
    if (!(await this.#parts.mayAct())) {
      this.#suspend(t('Another window or command line has taken this run over.'));
      return;
    }
    if (!this.#disposed) {
      effects.forEach(this.#parts.perform);
    }
  }

  #record(event: RunEventBody): void {
    const { run, journal } = this.#parts;
    const entry: RunEvent = {
      v: FORMAT,
      seq: run.seq + 1,
      at: this.#now(),
      event,
    };
    journal.append(entry);
    evolve(run, entry);
    this.#changes.fire(event);
  }

  #schedule(wakeAt: number | null): void {
    this.#wake?.dispose();
    this.#wake = null;
    if (wakeAt !== null) {
      const delay = Math.max(0, wakeAt - this.#now());
      this.#wake = this.#parts.clock.after(delay, () => {
        this.post({ type: 'wake' });
      });
    }
  }

  /**
   * A machine's clock can be set back; a run's time goes on from where it was, so that nothing waits until the clock has
   * caught up. Once it has, it counts again.
   */
  #now(): number {
    const { run, clock } = this.#parts;
    const wall = clock.now();
    if (wall >= run.now) {
      this.#ahead = 0;
      return wall;
    }
    this.#ahead = Math.max(this.#ahead, run.now - wall);
    return wall + this.#ahead;
  }

  #suspend(why: string): void {
    this.#suspended = why;
    this.#wake?.dispose();
    this.#changes.fire({ type: 'warning', message: why });
  }
}
