import type { Conflict } from '../../coordinator/plan/conflicts/forecast.ts';
import type { RunSpec } from '../../coordinator/schema/run-spec.ts';
import type { ConflictChoice } from '../contract/conflict-choice.ts';
import type { Approval } from './approve-run.ts';

/** A run that can be started: everything that the user has to know, from one reading of configuration and plan. */
export interface PreparedRun {
  readonly spec: RunSpec;
  /** Conflicts between tasks that could write the same file; until the user decides, these run one after the other. */
  readonly undecided: readonly Conflict[];
  /** The mutexes that remain if the user lets the undecided tasks run in parallel. */
  readonly declaredMutexes: RunSpec['mutexes'];
  readonly approval: Approval;
}

/** Returns the run with the user's decision on its conflicts; `undefined`: there was nothing to decide. */
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
