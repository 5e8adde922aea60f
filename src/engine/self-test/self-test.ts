import type { AttemptSpec } from '../../coordinator/schema/attempt.ts';
import type { LaunchSpec } from '../../coordinator/schema/run-spec.ts';
import type { Failure } from '../../shared/failure.ts';
import type { Evidence, Usage } from '../../shared/view-models/group-views.ts';

/** A self-test of an agent that is ready to run: one small attempt in a folder of its own, outside of any workspace. */
export interface PreparedSelfTest {
  /** As plans call it. */
  readonly agent: string;
  /** As people call it. */
  readonly title: string;
  /** How it would be launched for a task. */
  readonly plan: LaunchSpec;
  /** Exactly what will be run. */
  readonly spec: AttemptSpec;
  readonly prompt: string;
  /** Absolute; made when the test starts, removed when it is over. */
  readonly folder: string;
  /** Absolute; what the agent's runner keeps of the attempt. */
  readonly directory: string;
}

/** What came of a self-test. */
export interface SelfTestResult {
  readonly passed: boolean;
  /** Why not, and what to do; `null`: it passed. */
  readonly failure: Failure | null;
  /** ms. */
  readonly durationMs: number;
  readonly usage: Usage | null;
  readonly evidence: readonly Evidence[];
  /** The last lines that the program printed; may be empty. */
  readonly output: string;
}

/** The one file that the agent is asked for, and its only line. */
export const PROOF = { file: 'proof.txt', line: 'Parallel Groups was here.' } as const;
