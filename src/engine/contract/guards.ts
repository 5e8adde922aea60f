import type { RunState } from '../../coordinator/run/state/state.ts';
import type { RunEventBody } from '../../coordinator/schema/events.ts';
import type { Disposable } from '../../shared/disposable.ts';

/** A run as guards see it: they read its state and post events that hold it back. */
export interface GuardedRun {
  readonly state: RunState;
  readonly post: (event: RunEventBody) => void;
}

/** Limits that all runs of one window, or of one command line, share. */
export interface Guards {
  readonly concurrency: {
    /** Takes part until disposed. `limit`: parallel attempts in the whole window; `null`: no limit. */
    join(run: GuardedRun, limit: number | null): Disposable;
    /** Distributes the limit again after a run has changed. */
    look(): void;
  };
  /** MiB. */
  readonly freeMemory: () => number;
}
