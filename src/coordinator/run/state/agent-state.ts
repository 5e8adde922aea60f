import type { AgentId, TaskKey } from '../../../shared/ids.ts';

/** Agent state shared by the tasks of a run. */
export interface AgentState {
  readonly agent: AgentId;
  readonly window: ProviderWindow;
  readonly breaker: Breaker;
  /** Maximum number of parallel attempts; `null`: limited by the run only. */
  readonly most: number | null;
  /** Running attempts. */
  live: number;
}

/**
 * Adaptive number of parallel attempts of a provider: grows by one after a whole window of successes, halves on
 * throttling.
 */
export interface ProviderWindow {
  /** Name in the plan; an agent without a provider is its own provider. */
  readonly provider: string;
  limit: number;
  live: number;
  /** No launches before this, because the provider throttled a task; ms; 0: open. */
  closedUntil: number;
  /** Successes since the window last changed. */
  consecutiveSuccesses: number;
  /** All successes in the run. */
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
  /** Consecutive failures through the agent's fault. */
  failures: number;
  /** The task of the first of these failures. */
  firstTask: TaskKey | null;
  /** Whether they concern two or more tasks. */
  several: boolean;
  /** Message of the last failure; kept after the breaker has closed. */
  reason: string | null;
  /** `null`: closed. Open before this, half-open from then on; ms. */
  openUntil: number | null;
  /** The trial's task. */
  trial: TaskKey | null;
}
