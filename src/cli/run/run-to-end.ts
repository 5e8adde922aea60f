import type { RunRefusal } from '../../engine/contract/run-refusal.ts';
import type { ActiveRun } from '../../engine/run/active-run.ts';
import type { Result } from '../../shared/result.ts';
import { type Answer, cancelledEarly } from '../output/answer.ts';
import { endAnswer } from './end-answer.ts';
import { waitForRun } from './follow-run.ts';
import { refusalOf } from './refusal-of.ts';
import type { CliContext } from './with-run-context.ts';

/** Sees a run through and answers how it ended, or why there is none. `verb`: what it does now: `starts`, `goes on`. */
export async function runToEnd(
  run: Result<ActiveRun, RunRefusal>,
  { session, interrupt, progress }: CliContext,
  verb: string,
): Promise<Answer> {
  if (run.ok) {
    const end = await waitForRun(session, run.value, { interrupt, progress, verb });
    return endAnswer(session.workspace.root, end);
  }
  return interrupt.requested ? cancelledEarly() : refusalOf(run.failure);
}
