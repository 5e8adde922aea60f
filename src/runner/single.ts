import { setImmediate } from 'node:timers/promises';
import { isatty } from 'node:tty';
import type { AttemptSpec } from '../coordinator/schema/attempt.ts';
import { t } from '../shared/messages.ts';
import { LeftoverFinder } from '../system/processes/leftover-finder.ts';
import { claimLaunch, type Launch } from './attempt/claim-launch.ts';
import type { AttemptView } from './attempt/run-attempt.ts';
import type { Keyboard } from './keyboard/keyboard.ts';
import { PipedKeyboard } from './keyboard/piped-keyboard.ts';
import { tolerateClosedOutput } from './output/output-streams.ts';
import { cancelOnSignals, leaveInterrupts } from './signals.ts';
import type { InputLine } from './terminal/input-line.ts';

/** Exit codes: success, failure, refused, cancelled. */
const EXIT = { success: 0, failure: 1, refused: 3, cancelled: 130 } as const;

/** Runs one attempt in the terminal of this process; resolves to the exit code. */
export async function runSingle(launch: Launch): Promise<number> {
  // First of all: a terminal can be closed at any time.
  const cancelled = cancelOnSignals();
  // The rest loads while the claim is written to disk.
  const rest = setImmediate().then(() => import('./attempt/run-attempt.ts'));
  const claimed = await claimLaunch(launch);
  if (!claimed.ok) {
    tolerateClosedOutput();
    process.stdout.write(`${claimed.failure}\n`);
    return EXIT.refused;
  }
  const { spec } = claimed.value;
  tolerateClosedOutput();
  const hasTerminal = isatty(0) && isatty(1);
  if (spec.stdin === 'terminal' && hasTerminal) {
    leaveInterrupts();
  }
  const { runAttempt } = await rest;
  const outcome = await runAttempt(claimed.value, {
    openView: () => openView(spec),
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

async function openView(spec: AttemptSpec): Promise<AttemptView> {
  const [{ InputLine }, { LiveView }] = await Promise.all([
    import('./terminal/input-line.ts'),
    import('./terminal/live-view.ts'),
  ]);
  const screen = new InputLine(process.stdout);
  const observer = new LiveView(spec, screen, process.env);
  const keyboard = spec.stdin === 'conversation' ? await ownKeyboard(screen) : null;
  return { observer, keyboard };
}

async function ownKeyboard(screen: InputLine): Promise<Keyboard> {
  const { stdin, stdout } = process;
  if (!stdin.isTTY || !stdout.isTTY) {
    return new PipedKeyboard(stdin);
  }
  // Loaded only where a person can type.
  const { TerminalKeyboard } = await import('./keyboard/terminal-keyboard.ts');
  // In raw mode the terminal does not send this signal itself.
  return new TerminalKeyboard(stdin, screen, () => process.emit('SIGINT'));
}

/**
 * Keeps the terminal open until a key is pressed or it is closed, if the launcher asks for it: a terminal closes with its
 * process, before a person could read it. The attempt has already ended.
 */
async function keepOpen(closed: AbortSignal): Promise<void> {
  const { stdin, stdout, env } = process;
  if (env.PARALLEL_GROUPS_KEEP_OPEN !== '1' || !stdin.isTTY || closed.aborted) {
    return;
  }
  stdout.write(`\n${t('Press any key to close this terminal.')}\n`);
  await new Promise<void>((resolve) => {
    closed.addEventListener('abort', () => resolve());
    stdin.once('data', () => resolve()).once('end', () => resolve());
    stdin.setRawMode(true).resume();
  });
}
