import { type PreparedRun, withConflicts } from '../../../engine/prepare/prepared-run.ts';
import { type Answer, cancelledEarly } from '../../output/answer.ts';
import { chooseConflicts } from '../../run/conflicts.ts';
import { runToEnd } from '../../run/run-to-end.ts';
import type { CliContext } from '../../run/with-run-context.ts';

/** Starts a prepared run, after a person has decided about its conflicts, and answers with its result. */
export async function startPrepared(prepared: PreparedRun, context: CliContext): Promise<Answer> {
  const { workspace, interrupt } = context;
  const undecided = [{ key: prepared.spec.group, conflicts: prepared.undecided }];
  const choice = await chooseConflicts(workspace, undecided, interrupt);
  if (choice === null) {
    return cancelledEarly();
  }
  const run = await workspace.starter.start(withConflicts(prepared, choice));
  return runToEnd(run, context, 'starts');
}
