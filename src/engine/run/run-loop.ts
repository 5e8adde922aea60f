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

/** Writes events to disk before they take effect. */
export interface Journal {
  append(event: RunEvent): void;
  flush(): Promise<Result<void, { readonly message: string }>>;
}

export interface RunLoopDeps {
  readonly run: RunState;
  readonly journal: Journal;
  readonly clock: Clock;
  /** Whether this process still coordinates the run; checked before every effect. */
  readonly mayAct: () => Promise<boolean>;
  /** Carries out a decision and posts its results as events. */
  readonly perform: (action: RunEventBody) => void;
}

/** Decisions without an outside effect need not be on disk before the next one. */
const WITHOUT_EFFECT: ReadonlySet<RunEventBody['type']> = new Set(['phase.entered']);
/** Read-only effects can be repeated after a resume, so they do not wait for the disk. */
const LOOKING: ReadonlySet<RunEventBody['type']> = new Set(['evidence.requested']);

/**
 * The loop of one run: it turns events into decisions and writes each decision to the journal before carrying it out.
 * If the journal cannot be written or another coordinator has taken over, the loop carries out nothing more and
 * `suspended` gives the reason.
 */
export class RunLoop implements Disposable {
  readonly #parts: RunLoopDeps;
  readonly #inbox: RunEventBody[] = [];
  readonly #changes = new Emitter<RunEventBody>();
  #turning: Promise<void> | null = null;
  #wake: Disposable | null = null;
  #suspended: string | null = null;
  #disposed = false;
  /** How far the run's time is ahead of a clock that was set back, ms. */
  #ahead = 0;

  /** Fires for every event after the state includes it. */
  readonly onEvent = this.#changes.subscribe;

  constructor(parts: RunLoopDeps) {
    this.#parts = parts;
  }

  get run(): RunState {
    return this.#parts.run;
  }

  /** Why the run is suspended before its end; `null` while it makes progress. */
  get suspended(): string | null {
    return this.#suspended;
  }

  /** Adds an event and schedules a turn of the loop. Does nothing after disposal. */
  post(event: RunEventBody): void {
    if (!this.#disposed) {
      this.#inbox.push(event);
      this.turn();
    }
  }

  /** Schedules a turn of the loop, for example after a run was resumed. */
  turn(): void {
    this.#turning ??= this.#run();
  }

  /** Resolves when no decision is pending. */
  async settled(): Promise<void> {
    while (this.#turning !== null) {
      await this.#turning;
    }
  }

  /** Stops deciding. Decisions already made still stand. */
  dispose(): void {
    this.#disposed = true;
    this.#wake?.dispose();
  }

  async #run(): Promise<void> {
    // Yields first, so that all events posted in the same turn of the event loop are decided and flushed together.
    await Promise.resolve();
    try {
      do {
        if (this.#disposed) {
          // The journal may be closed by this point, with another coordinator working.
          return;
        }
        this.#recordPosted();
        await this.#carryOut(this.#decideAll());
      } while (this.#inbox.length > 0 && this.#isGoing());
    } finally {
      // Cleared in the same microtask: an event posted in between would wait for the next event, which may never come.
      this.#turning = null;
    }
  }

  /** Includes events that listeners post in response, such as low memory, before the next decision. */
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
   * The run's time never runs backward: if the machine's clock is set back, it continues from its last value so that no
   * timer has to wait for the clock to catch up. Once the clock has caught up, it is used again.
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
