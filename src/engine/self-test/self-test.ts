import type { AttemptSpec } from '../../coordinator/schema/attempt.ts';
import type { LaunchSpec } from '../../coordinator/schema/run-spec.ts';
import type { Failure } from '../../shared/failure.ts';
import type { Evidence, Usage } from '../../shared/view-models/group-views.ts';

/** A self-test of an agent that is ready to run: one small attempt in a separate folder outside any workspace. */
export interface PreparedSelfTest {
  /** Its name in plans. */
  readonly agent: string;
  /** Its display name. */
  readonly title: string;
  /** Its launch as for a task. */
  readonly plan: LaunchSpec;
  /** The exact attempt that will run. */
  readonly spec: AttemptSpec;
  readonly prompt: string;
  /** Absolute; the test creates it and deletes it at the end. */
  readonly folder: string;
  /** Directory where the agent's runner records the attempt (absolute). */
  readonly directory: string;
}

/** The result of a self-test. */
export interface SelfTestResult {
  readonly passed: boolean;
  /** Why it did not pass, and the remedy; `null`: it passed. */
  readonly failure: Failure | null;
  /** ms. */
  readonly durationMs: number;
  readonly usage: Usage | null;
  readonly evidence: readonly Evidence[];
  /** The last lines that the program printed; may be empty. */
  readonly output: string;
}

/** The only file that the prompt requests, and its only line. */
export const PROOF = { file: 'proof.txt', line: 'Parallel Groups was here.' } as const;
