import { setImmediate } from 'node:timers/promises';
import { cancelOnSignals } from './signals.ts';
import { tolerateClosedOutput } from './output-streams.ts';
import { type Launch, takeAttempt } from './take-attempt.ts';
import { LeftoverFinder } from '../system/leftover-finder.ts';
import { LiveView } from './view/live-view.ts';

/** Exit codes: success, failure, refused, cancelled. */
const EXIT = { success: 0, failure: 1, refused: 3, cancelled: 130 } as const;

/** Carries out one attempt in the terminal that this process was started in; resolves to the exit code. */
export async function runSingle(launch: Launch): Promise<number> {
  // Before anything else: a terminal can be closed at any time.
  const cancelled = cancelOnSignals();
  // While the claim is on its way to the disk, there is time to load the rest.
  const rest = setImmediate().then(() => import('./run-attempt.ts'));
  const taken = await takeAttempt(launch);
  if (!taken.ok) {
    tolerateClosedOutput();
    process.stdout.write(`${taken.failure}\n`);
    return EXIT.refused;
  }
  const { spec } = taken.value;
  tolerateClosedOutput();
  const observer = new LiveView(spec, process.stdout, process.env);
  const keyboard = spec.stdin === 'conversation' ? process.stdin : null;
  const { runAttempt } = await rest;
  const outcome = await runAttempt(taken.value, {
    observer,
    keyboard,
    cancelled,
    finder: new LeftoverFinder(),
  });
  await keepOpen(cancelled);
  if (outcome.failure === null) return EXIT.success;
  return outcome.failure.reason === 'cancelled' ? EXIT.cancelled : EXIT.failure;
}

/**
 * A terminal is closed with its process, and what it shows would be gone before anyone has read it. Where the launcher
 * asks for it, the terminal stays until a key is pressed or it is closed; the attempt is over all the same.
 */
async function keepOpen(closed: AbortSignal): Promise<void> {
  const { stdin, stdout, env } = process;
  if (env.PARALLEL_GROUPS_KEEP_OPEN !== '1' || !stdin.isTTY || closed.aborted) return;
  stdout.write('\nPress any key to close this terminal.\n');
  await new Promise<void>((resolve) => {
    closed.addEventListener('abort', () => resolve());
    stdin.once('data', () => resolve()).once('end', () => resolve());
    stdin.setRawMode(true).resume();
  });
}
