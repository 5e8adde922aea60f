import type { RunState, TaskRecord } from '../../coordinator/run/state/state.ts';
import type { Outcome } from '../../coordinator/schema/attempt.ts';
import type { Evidence } from '../../shared/view-models/group-views.ts';
import type { AttemptDriver } from '../attempt/attempt-driver.ts';
import type { CollectedEvidence, EvidenceCollector } from './collect-evidence.ts';
import { TaskTests } from './task-tests.ts';

/** What proving the tasks of one run takes. */
export interface EvidenceVerifierDeps {
  readonly run: RunState;
  readonly driver: AttemptDriver;
  readonly evidence: EvidenceCollector;
  /** What tests may read of the blackboard (absolute). */
  readonly contextFile: string;
}

/** Looks for the evidence of tasks whose newest attempt ended well by its own account. */
export class EvidenceVerifier {
  readonly #parts: EvidenceVerifierDeps;
  readonly #tests: TaskTests;

  constructor(parts: EvidenceVerifierDeps) {
    this.#parts = parts;
    this.#tests = new TaskTests(parts.driver, parts.contextFile);
  }

  /** All that speaks for and against the task; last, and only where nothing else is missing, its own test. */
  async verify(record: TaskRecord): Promise<CollectedEvidence> {
    const { run, driver, evidence } = this.#parts;
    const found = await evidence.collect(run, record, ({ planned }, nth) =>
      driver.directory({ of: planned.key, attempt: nth }),
    );
    // What has no other proof is not worth a test that may take minutes.
    const tested = isProven(found.evidence) ? await this.#tests.prove(record) : [];
    return { evidence: [...found.evidence, ...tested], files: found.files };
  }

  /** Stops the test of a task, if it runs just now. */
  async stop(record: TaskRecord): Promise<void> {
    await this.#tests.stop(record);
  }
}

/** Whether nothing speaks against a task. */
export function isProven(evidence: readonly Evidence[]): boolean {
  return evidence.every(({ ok }) => ok);
}

/** Whether what an agent was denied kept it from its task is for the evidence to say, where it did get to its end. */
export function leaveToEvidence(outcome: Outcome): Outcome {
  const isDenied = outcome.failure?.reason === 'denied' && outcome.lastWord === true;
  return isDenied ? { ...outcome, failure: null } : outcome;
}
