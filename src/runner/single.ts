import { cancelOnSignals } from './signals.ts';
import { runAttempt } from './run-attempt.ts';
import { type Launch, takeAttempt } from './take-attempt.ts';
import { LeftoverFinder } from '../system/leftover-finder.ts';
import { LiveView } from './view/live-view.ts';

/** Exit codes: success, failure, refused, cancelled. */
const EXIT = { success: 0, failure: 1, refused: 3, cancelled: 130 } as const;

/** Carries out one attempt in the terminal that this process was started in; resolves to the exit code. */
export async function runSingle(launch: Launch): Promise<number> {
  // Before anything else: a terminal can be closed at any time.
  const cancelled = cancelOnSignals();
  const taken = await takeAttempt(launch);
  if (!taken.ok) {
    process.stdout.write(`${taken.failure}\n`);
    return EXIT.refused;
  }
  const { spec } = taken.value;
  const observer = new LiveView(spec, process.stdout, process.env);
  const keyboard = spec.stdin === 'conversation' ? process.stdin : null;
  const outcome = await runAttempt(taken.value, {
    observer,
    keyboard,
    cancelled,
    finder: new LeftoverFinder(),
  });
  if (outcome.failure === null) return EXIT.success;
  return outcome.failure.reason === 'cancelled' ? EXIT.cancelled : EXIT.failure;
}
