import type { RunRefusal } from '../../engine/contract/run-refusal.ts';
import type { ActiveRun } from '../../engine/run/active-run.ts';
import type { Result } from '../../shared/result.ts';
import { type Answer, cancelledEarly } from '../output/answer.ts';
import { endAnswer } from './end-answer.ts';
import { waitForRun } from './follow-run.ts';
import { refusalOf } from './refusal-of.ts';
import type { CliContext } from './with-run-context.ts';

/** Waits for the end of a run and answers with its result, or with the reason why there is no run. */
export async function runToEnd(
  run: Result<ActiveRun, RunRefusal>,
  context: CliContext,
  verb: string,
): Promise<Answer> {
  if (run.ok) {
    const end = await waitForRun(context, run.value, verb);
    return endAnswer(context.workspace.root, end);
  }
  return context.interrupt.requested ? cancelledEarly() : refusalOf(run.failure);
}
