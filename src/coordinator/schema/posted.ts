import type { TaskKey } from '../../shared/ids.ts';
import type { AgentResult } from './events.ts';

/** The result of an attempt and its author. */
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
