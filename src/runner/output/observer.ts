import type { AgentEvent } from '../../agents/contract/adapter.ts';
import type { Outcome } from '../../coordinator/schema/attempt.ts';

/** Whoever shows an attempt to a person while it runs; what it does or fails to do never changes the attempt. */
export interface Observer {
  /** The agent was started. */
  started(): void;
  event(event: AgentEvent, at: number): void;
  /**
   * Output of a program without an event stream, as it came. `false`: it cannot take more for now, and calls `resume` when
   * it can.
   */
  output(chunk: Buffer, stream: 'stdout' | 'stderr', resume: () => void): boolean;
  ended(outcome: Outcome): void;
}
