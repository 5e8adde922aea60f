import { setImmediate } from 'node:timers/promises';
import { isatty } from 'node:tty';
import { t } from '../shared/messages.ts';
import { LeftoverFinder } from '../system/processes/leftover-finder.ts';
import { type Launch, takeAttempt } from './attempt/take-attempt.ts';
import type { Keyboard } from './keyboard/keyboard.ts';
import { PipedKeyboard } from './keyboard/piped-keyboard.ts';
import { tolerateClosedOutput } from './output/output-streams.ts';
import { cancelOnSignals, leaveInterrupts } from './signals.ts';
import { InputLine } from './terminal/input-line.ts';
import { LiveView } from './terminal/live-view.ts';

/** Exit codes: success, failure, refused, cancelled. */
const EXIT = { success: 0, failure: 1, refused: 3, cancelled: 130 } as const;

/** Carries out one attempt in the terminal that this process was started in; resolves to the exit code. */
export async function runSingle(launch: Launch): Promise<number> {
  // Before anything else: a terminal can be closed at any time.
  const cancelled = cancelOnSignals();
  // While the claim is on its way to the disk, there is time to load the rest.
  const rest = setImmediate().then(() => import('./attempt/run-attempt.ts'));
  const taken = await takeAttempt(launch);
  if (!taken.ok) {
    tolerateClosedOutput();
    process.stdout.write(`${taken.failure}\n`);
    return EXIT.refused;
  }
  const { spec } = taken.value;
  tolerateClosedOutput();
  const screen = new InputLine(process.stdout);
  const observer = new LiveView(spec, screen, process.env);
  const keyboard = spec.stdin === 'conversation' ? await ownKeyboard(screen) : null;
  const hasTerminal = isatty(0) && isatty(1);
  if (spec.stdin === 'terminal' && hasTerminal) {
    leaveInterrupts();
  }
  const { runAttempt } = await rest;
  const outcome = await runAttempt(taken.value, {
    observer,
    keyboard,
    hasTerminal,
    cancelled,
    finder: new LeftoverFinder(),
  });
  await keepOpen(cancelled);
  if (outcome.failure === null) {
    return EXIT.success;
  }
  return outcome.failure.reason === 'cancelled' ? EXIT.cancelled : EXIT.failure;
}

async function ownKeyboard(screen: InputLine): Promise<Keyboard> {
  const { stdin, stdout } = process;
  if (!stdin.isTTY || !stdout.isTTY) {
    return new PipedKeyboard(stdin);
  }
  // Loaded where somebody can type.
  const { TerminalKeyboard } = await import('./keyboard/terminal-keyboard.ts');
  // As if the terminal had sent it, which it does not while keys are read one by one.
  return new TerminalKeyboard(stdin, screen, () => process.emit('SIGINT'));
}

/**
 * A terminal is closed with its process, and what it shows would be gone before anyone has read it. Where the launcher
 * asks for it, the terminal stays until a key is pressed or it is closed; the attempt is over all the same.
 */
async function keepOpen(closed: AbortSignal): Promise<void> {
  const { stdin, stdout, env } = process;
  if (env.PARALLEL_GROUPS_KEEP_OPEN !== '1' || !stdin.isTTY || closed.aborted) {
    return;
  }
  stdout.write(t('\nPress any key to close this terminal.\n'));
  await new Promise<void>((resolve) => {
    closed.addEventListener('abort', () => resolve());
    stdin.once('data', () => resolve()).once('end', () => resolve());
    stdin.setRawMode(true).resume();
  });
}
