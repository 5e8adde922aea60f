import type { RunState } from '../../coordinator/run/state/state.ts';
import type { RunEventBody } from '../../coordinator/schema/events.ts';
import type { Disposable } from '../../shared/disposable.ts';

/** The view that guards have of a run: they read its state and post events that delay it. */
export interface GuardedRun {
  readonly state: RunState;
  readonly post: (event: RunEventBody) => void;
}

/** The limits that all runs of one window, or of one command line, share. */
export interface Guards {
  readonly concurrency: {
    /** Adds a run until disposed. `limit`: maximum of parallel attempts in the whole window; `null`: no limit. */
    join(run: GuardedRun, limit: number | null): Disposable;
    /** Redistributes the limit after a change of a run. */
    update(): void;
  };
  /** Returns the free memory, MiB. */
  readonly freeMemory: () => number;
}
