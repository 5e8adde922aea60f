import * as z from 'zod/mini';
import type { AgentEvent } from '../agents/contract/adapter.ts';
import type { AttemptSpec } from '../coordinator/schema/attempt.ts';
import { t } from '../shared/messages.ts';
import { LeftoverFinder } from '../system/processes/leftover-finder.ts';
import { type AttemptContext, runAttempt } from './attempt/run-attempt.ts';
import { type Launch, takeAttempt } from './attempt/take-attempt.ts';
import { LineSplitter } from './output/line-splitter.ts';
import type { Observer } from './output/observer.ts';
import { tolerateClosedOutput } from './output/output-streams.ts';
import { cancelOnSignals } from './signals.ts';
import { visible } from './terminal/visible.ts';
import { endWord } from './terminal/words.ts';

const launchSchema = z.object({ dir: z.string(), specHash: z.string(), promptHash: z.string() });

/**
 * One line on standard output for every launch that is over: a hint to read its directory. `problem`: it was refused, or
 * its end could not be written; then there is no last event.
 */
interface LaunchOver {
  readonly dir: string;
  readonly ended: true;
  readonly problem?: string;
}

type HostContext = Pick<AttemptContext, 'cancelled' | 'finder'>;

/**
 * Carries out the launches that arrive as JSON lines on standard input, side by side and in this one process. The end of
 * input means that the coordinator is gone: what runs is finished within its limits, nothing new is started, and the
 * host ends; INT, TERM and HUP call everything off. Resolves to the exit code.
 */
export async function runHost(options: { readonly verbose: boolean }): Promise<number> {
  tolerateClosedOutput();
  const cancelled = cancelOnSignals();
  const shared: HostContext = { cancelled, finder: new LeftoverFinder() };
  const running = new Set<Promise<void>>();
  await eachLine(cancelled, (line) => {
    const launch = parseLaunch(line);
    if (launch === null) {
      process.stderr.write(t('A line on standard input is not a launch; it was left out.\n'));
      return;
    }
    const attempt = carryOut(launch, shared, options.verbose).then((over) => {
      process.stdout.write(`${JSON.stringify(over)}\n`);
      running.delete(attempt);
    });
    running.add(attempt);
  });
  await Promise.all(running);
  return cancelled.aborted ? 130 : 0;
}

/** Settles at the end of standard input, or when it does not matter any more. */
function eachLine(cancelled: AbortSignal, listener: (line: string) => void): Promise<void> {
  const lines = new LineSplitter((line) => {
    if (!cancelled.aborted) {
      listener(line);
    }
  });
  return new Promise((resolve) => {
    const end = (): void => resolve();
    process.stdin.on('data', (chunk: Buffer) => lines.push(chunk));
    process.stdin.once('end', end).once('error', end).once('close', end);
    cancelled.addEventListener('abort', end);
  });
}

async function carryOut(
  launch: Launch,
  shared: HostContext,
  verbose: boolean,
): Promise<LaunchOver> {
  try {
    const taken = await takeAttempt(launch);
    if (!taken.ok) {
      return { dir: launch.dir, ended: true, problem: taken.failure };
    }
    const observer = verbose ? lineObserver(taken.value.spec) : null;
    await runAttempt(taken.value, { ...shared, observer, keyboard: null, hasTerminal: false });
    return { dir: launch.dir, ended: true };
  } catch (error) {
    // One attempt whose directory cannot be written must not take the others down.
    return { dir: launch.dir, ended: true, problem: String(error) };
  }
}

function parseLaunch(line: string): Launch | null {
  try {
    const parsed = launchSchema.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** One line an event on standard error. */
function lineObserver(spec: AttemptSpec): Observer {
  const say = (text: string): void => {
    process.stderr.write(`${visible(`${spec.taskId}  ${text}`)}\n`);
  };
  return {
    started: () => undefined,
    event: (event: AgentEvent) => {
      if (event.type === 'step') {
        say(`${event.kind}  ${event.text}`);
      } else if (event.type === 'throttled') {
        say(`waits  ${event.text}`);
      } else if (event.type === 'needs_you') {
        say(`asks  ${event.text}`);
      }
    },
    output: () => true,
    ended: (outcome) => say(`${endWord(outcome)}  ${outcome.failure?.message ?? ''}`.trimEnd()),
  };
}
