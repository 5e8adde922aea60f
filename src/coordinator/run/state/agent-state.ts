import type { AgentId, TaskKey } from '../../../shared/ids.ts';

/** What the tasks of a run share of an agent. */
export interface AgentState {
  readonly agent: AgentId;
  readonly window: ProviderWindow;
  readonly breaker: Breaker;
  /** Attempts at the same time; `null`: as many as the run has. */
  readonly most: number | null;
  /** Attempts that run. */
  live: number;
}

/**
 * How many attempts a provider takes at once, as it showed: one more after a whole window of successes, half of what
 * was live when it refuses.
 */
export interface ProviderWindow {
  /** As the plan names it; an agent without a provider is its own. */
  readonly provider: string;
  limit: number;
  live: number;
  /** Nothing is launched before this: the provider told us to wait, whichever task it told. ms; 0 = open. */
  closedUntil: number;
  /** Successes since the window last changed. */
  consecutiveSuccesses: number;
  /** All successes of the run. */
  succeeded: number;
}

/**
 * Keeps a run from wearing out its tasks' attempts on an agent that does not work.
 *
 *     closed ──(failures in a row, of two tasks or more)──► open ──(its cooldown is over)──► half-open
 *       ▲  ▲                                                 ▲                                  │
 *       │  └────────── any attempt of it succeeds ───────────┤              exactly one attempt │
 *       │                                                    └──────────── it fails ────────────┤
 *       └──────────────────────────── it succeeds ──────────────────────────────────────────────┘
 *
 * A task's own failure and throttling change nothing; a trial that ends so was none, and another attempt is the next.
 */
export interface Breaker {
  /** The agent's own failures in a row. */
  failures: number;
  /** The task of the first of these. */
  firstTask: TaskKey | null;
  /** Whether they are of two tasks or more. */
  several: boolean;
  /** What the last of them said; also after the breaker has closed again. */
  reason: string | null;
  /** `null`: closed. Open before this, half-open from then on; ms. */
  openUntil: number | null;
  /** The task that tries the agent out. */
  trial: TaskKey | null;
}
