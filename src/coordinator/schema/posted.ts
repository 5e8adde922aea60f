import type { TaskKey } from '../../shared/ids.ts';
import type { AgentResult } from './events.ts';

/** A result that an attempt left, and whose it is. */
export interface PostedResult {
  readonly task: TaskKey;
  /** The task's short id. */
  readonly id: string;
  readonly attempt: number;
  readonly subagent: string;
  readonly role: string;
  /** ms since the epoch. */
  readonly at: number;
  readonly result: AgentResult;
}
