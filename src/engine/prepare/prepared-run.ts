import type { Conflict } from '../../coordinator/plan/conflicts/forecast.ts';
import type { RunSpec } from '../../coordinator/schema/run-spec.ts';
import type { ConflictChoice } from '../contract/conflict-choice.ts';
import type { Approval } from './approve-run.ts';

/** A run that can be started: everything that a person has to know, from one reading of configuration and plan. */
export interface PreparedRun {
  readonly spec: RunSpec;
  /** Tasks that could write the same file, where a person has to decide; until they do, these run one after the other. */
  readonly undecided: readonly Conflict[];
  /** What keeps tasks apart if the person lets the undecided ones run at once. */
  readonly declaredMutexes: RunSpec['mutexes'];
  readonly approval: Approval;
}

/** The run with the person's decision; `undefined`: there was nothing to decide. */
export function withConflicts(
  prepared: PreparedRun,
  choice: ConflictChoice | undefined,
): PreparedRun {
  return choice === 'together'
    ? {
        ...prepared,
        spec: { ...prepared.spec, mutexes: prepared.declaredMutexes },
        undecided: [],
      }
    : { ...prepared, undecided: [] };
}
