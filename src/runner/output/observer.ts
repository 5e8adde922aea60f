import type { AgentEvent } from '../../agents/contract/adapter.ts';
import type { Outcome } from '../../coordinator/schema/attempt.ts';

/** Shows an attempt to a person while it runs. Never affects the attempt. */
export interface Observer {
  /** The agent was started. */
  started(): void;
  event(event: AgentEvent, at: number): void;
  /**
   * Raw output of a program without an event stream. Returns `false` if it cannot accept more at the moment; it then calls
   * `resume` when it can.
   */
  output(chunk: Buffer, stream: 'stdout' | 'stderr', resume: () => void): boolean;
  ended(outcome: Outcome): void;
}
