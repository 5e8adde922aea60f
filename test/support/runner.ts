import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AttemptSpec, Outcome, RunnerEvent } from '../../src/coordinator/schema/attempt.ts';
import { attemptFiles } from '../../src/store/attempts/attempt-directory.ts';
import { readRunnerEvents } from '../../src/store/attempts/event-reader.ts';
import { type AttemptHashes, prepareAttempt } from '../../src/store/attempts/specification.ts';
import { attemptSpec, FAKE_AGENT } from './attempts.ts';
import { builtCliVariable } from './built-cli.ts';

const built = process.env[builtCliVariable];

/** The path of the runner: the built one where all tests of a kind run, which starts in a third of the time. */
export const RUNNER =
  built === undefined
    ? fileURLToPath(new URL('../../src/runner/main.ts', import.meta.url))
    : join(dirname(built), 'runner.js');

/** A launch as the coordinator passes it to a runner. */
export interface Prepared extends AttemptHashes {
  readonly dir: string;
}

/** A running runner, with its output so far. */
export interface StartedRunner {
  readonly child: ChildProcess;
  readonly printed: () => string;
  /** Exit code or signal. */
  readonly exit: Promise<number | string>;
}

let prepared = 0;

/** Prepares an attempt of the fake agent with `steps`, in its own directory below `root`. */
export async function prepareFake(
  root: string,
  steps: readonly string[],
  changes: Partial<AttemptSpec> = {},
  prompt: string | null = 'the prompt\n',
): Promise<Prepared> {
  prepared += 1;
  const dir = join(root, `attempt-${prepared}`);
  const argv = [process.execPath, FAKE_AGENT, ...steps];
  const spec = attemptSpec(root, {
    attempt: prepared,
    command: { kind: 'argv', argv },
    stdin: 'prompt',
    ...changes,
  });
  return { dir, ...(await prepareAttempt(dir, spec, prompt)) };
}

/** Starts a real runner. */
export function startRunner(
  { dir, specHash, promptHash }: Prepared,
  env: NodeJS.ProcessEnv = process.env,
): StartedRunner {
  return start([RUNNER, dir, specHash, promptHash], env);
}

/** Starts a real runner host. */
export function startHost(...options: readonly string[]): StartedRunner {
  return start([RUNNER, '--host', ...options], process.env);
}

function start(args: readonly string[], env: NodeJS.ProcessEnv): StartedRunner {
  const child = spawn(process.execPath, args, { stdio: 'pipe', env });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const exit = new Promise<number | string>((resolve) => {
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'unknown'));
  });
  return { child, printed: () => printed, exit };
}

/** Starts a runner and waits for its end. */
export async function run(launch: Prepared): Promise<number | string> {
  return startRunner(launch).exit;
}

/** Returns the events written so far; fails the test if a line is invalid. */
export async function eventsOf({ dir }: Prepared): Promise<readonly RunnerEvent[]> {
  const read = await readRunnerEvents(dir, 0);
  if (!read.ok) {
    throw new Error(read.failure);
  }
  return read.value.events.map(({ event }) => event);
}

/** Returns the final event; fails the test if there is none. */
export async function outcomeOf(launch: Prepared): Promise<Outcome> {
  const last = (await eventsOf(launch)).at(-1);
  if (last?.type !== 'ended') {
    throw new Error(`no end, but ${JSON.stringify(last)}`);
  }
  return last.outcome;
}

/** Returns the stored output of the attempt; empty if there is none. */
export function logOf({ dir }: Prepared): string {
  const { output } = attemptFiles(dir);
  return existsSync(output) ? readFileSync(output, 'utf8') : '';
}
