import type { RunState, TaskRecord } from '../../coordinator/run/state/state.ts';
import type { Outcome } from '../../coordinator/schema/attempt.ts';
import type { Evidence } from '../../shared/view-models/group-views.ts';
import type { AttemptDriver } from '../attempt/attempt-driver.ts';
import type { CollectedEvidence, EvidenceCollector } from './collect-evidence.ts';
import { TaskTests } from './task-tests.ts';

/** The dependencies for proving the tasks of one run. */
export interface EvidenceVerifierDeps {
  readonly run: RunState;
  readonly driver: AttemptDriver;
  readonly evidence: EvidenceCollector;
  /** The tests' view of the blackboard (absolute). */
  readonly contextFile: string;
}

/** Collects the evidence for tasks whose newest attempt reported success. */
export class EvidenceVerifier {
  readonly #parts: EvidenceVerifierDeps;
  readonly #tests: TaskTests;

  constructor(parts: EvidenceVerifierDeps) {
    this.#parts = parts;
    this.#tests = new TaskTests(parts.driver, parts.contextFile);
  }

  /** All evidence for and against the task. Its own test comes last, and only if no other evidence is missing. */
  async verify(record: TaskRecord): Promise<CollectedEvidence> {
    const { run, driver, evidence } = this.#parts;
    const found = await evidence.collect(run, record, ({ planned }, nth) =>
      driver.directory({ of: planned.key, attempt: nth }),
    );
    // A test can take minutes, so it runs only if all other evidence is there.
    const tested = isProven(found.evidence) ? await this.#tests.prove(record) : [];
    return { evidence: [...found.evidence, ...tested], files: found.files };
  }

  /** Stops the running test of a task. */
  async stop(record: TaskRecord): Promise<void> {
    await this.#tests.stop(record);
  }
}

/** Whether no evidence contradicts the task. */
export function isProven(evidence: readonly Evidence[]): boolean {
  return evidence.every(({ ok }) => ok);
}

/** If an agent reached its end despite denied permissions, the evidence decides whether they kept it from its task. */
export function leaveToEvidence(outcome: Outcome): Outcome {
  const isDenied = outcome.failure?.reason === 'denied' && outcome.lastWord === true;
  return isDenied ? { ...outcome, failure: null } : outcome;
}
