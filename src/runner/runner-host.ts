import * as z from 'zod/mini';
import type { AgentEvent } from '../agents/contract/adapter.ts';
import type { AttemptSpec } from '../coordinator/schema/attempt.ts';
import { t } from '../shared/messages.ts';
import { LeftoverFinder } from '../system/processes/leftover-finder.ts';
import { claimLaunch, type Launch } from './attempt/claim-launch.ts';
import { type AttemptContext, type AttemptView, runAttempt } from './attempt/run-attempt.ts';
import { LineSplitter } from './output/line-splitter.ts';
import type { Observer } from './output/observer.ts';
import { tolerateClosedOutput } from './output/output-streams.ts';
import { cancelOnSignals } from './signals.ts';
import { visible } from './terminal/visible.ts';
import { endWord } from './terminal/words.ts';

const launchSchema = z.object({ dir: z.string(), specHash: z.string(), promptHash: z.string() });

/**
 * One line on standard output for every ended launch: a hint to read its directory. `problem`: the launch was refused, or
 * its last event could not be written.
 */
interface LaunchOver {
  readonly dir: string;
  readonly ended: true;
  readonly problem?: string;
}

type HostContext = Pick<AttemptContext, 'cancelled' | 'finder'>;

/**
 * Runs the launches that arrive as JSON lines on standard input, in parallel in this process. The end of input means that
 * the coordinator is gone: the host finishes the running attempts within their limits, starts no new ones, and ends. INT,
 * TERM and HUP cancel all attempts. Resolves to the exit code.
 */
export async function runHost(options: { readonly verbose: boolean }): Promise<number> {
  tolerateClosedOutput();
  const cancelled = cancelOnSignals();
  const shared: HostContext = { cancelled, finder: new LeftoverFinder() };
  const running = new Set<Promise<void>>();
  await eachLine(cancelled, (line) => {
    const launch = parseLaunch(line);
    if (launch === null) {
      const text = t('A line on standard input is not a launch; it was left out.');
      process.stderr.write(`${text}\n`);
      return;
    }
    const attempt = runLaunch(launch, shared, options.verbose).then((over) => {
      process.stdout.write(`${JSON.stringify(over)}\n`);
      running.delete(attempt);
    });
    running.add(attempt);
  });
  await Promise.all(running);
  return cancelled.aborted ? 130 : 0;
}

/** Resolves at the end of standard input, or on cancellation. */
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

async function runLaunch(
  launch: Launch,
  shared: HostContext,
  verbose: boolean,
): Promise<LaunchOver> {
  try {
    const claimed = await claimLaunch(launch);
    if (!claimed.ok) {
      return { dir: launch.dir, ended: true, problem: claimed.failure };
    }
    const observer = verbose ? lineObserver(claimed.value.spec) : null;
    const openView = (): Promise<AttemptView> => Promise.resolve({ observer, keyboard: null });
    await runAttempt(claimed.value, { ...shared, openView, hasTerminal: false });
    return { dir: launch.dir, ended: true };
  } catch (error) {
    // An attempt whose directory cannot be written must not end the other attempts.
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

/** Prints one line per event to standard error. */
function lineObserver(spec: AttemptSpec): Observer {
  const print = (text: string): void => {
    process.stderr.write(`${visible(`${spec.taskId}  ${text}`)}\n`);
  };
  return {
    started: () => undefined,
    event: (event: AgentEvent) => {
      if (event.type === 'step') {
        print(`${event.kind}  ${event.text}`);
      } else if (event.type === 'throttled') {
        print(`waits  ${event.text}`);
      } else if (event.type === 'needs_you') {
        print(`asks  ${event.text}`);
      }
    },
    output: () => true,
    ended: (outcome) => print(`${endWord(outcome)}  ${outcome.failure?.message ?? ''}`.trimEnd()),
  };
}
