import type { ChildProcess } from 'node:child_process';
import type { Outcome } from '../../coordinator/schema/attempt.ts';
import type { Failure } from '../../shared/failure.ts';
import { t } from '../../shared/messages.ts';
import { attemptMarker } from '../../store/attempts/attempt-marker.ts';
import { requestCancel } from '../../store/attempts/claim.ts';
import { type AttemptHashes, prepareAttempt } from '../../store/attempts/specification.ts';
import { systemClock } from '../../system/clock.ts';
import { cleanedEnvironment, spawnCommand } from '../../system/spawn.ts';
import { type AttemptReport, outcomeWithout } from '../attempt/attempt-report.ts';
import { watchAttempt } from '../attempt/watch-attempt.ts';
import type { PreparedSelfTest } from './self-test.ts';

/** What a self-test is run with. */
export interface LaunchOptions {
  /** Program and arguments of our runner. */
  readonly runner: readonly string[];
  /** Stops the test; what the agent started is ended then as well. */
  readonly cancelled: AbortSignal;
  /** Told what the agent does, a few words each. */
  readonly onStep: (step: string) => void;
  /** What the runner, and so the agent, finds in its environment. Default: this process's. */
  readonly env?: NodeJS.ProcessEnv;
}

/** A runner that has not even claimed by then will not, ms. */
const PATIENCE_MS = 30_000;

/** Starts the real runner and follows it to its end; when this resolves, it has ended with all that it started. */
export async function launchSelfTest(
  test: PreparedSelfTest,
  options: LaunchOptions,
): Promise<Outcome> {
  const { directory, spec, prompt } = test;
  if (options.cancelled.aborted) {
    return outcomeWithout(stopped());
  }
  const hashes = await prepareAttempt(directory, spec, prompt);
  const stop = (): void => void requestCancel(directory);
  options.cancelled.addEventListener('abort', stop);
  try {
    return await follow(test, options, hashes);
  } finally {
    options.cancelled.removeEventListener('abort', stop);
  }
}

async function follow(
  { directory, spec }: PreparedSelfTest,
  { runner, onStep, env = process.env }: LaunchOptions,
  hashes: AttemptHashes,
): Promise<Outcome> {
  const started = await spawnCommand(
    { kind: 'argv', argv: [...runner, directory, hashes.specHash, hashes.promptHash] },
    {
      cwd: spec.cwd,
      // Inside VS Code our runner runs on the Node that is there.
      env: cleanedEnvironment(env, { ELECTRON_RUN_AS_NODE: '1' }),
      stdio: 'ignore',
    },
  );
  if (!started.ok) {
    return outcomeWithout(notStarted(started.failure.message));
  }
  const over = endOf(started.value);
  const outcome = await new Promise<Outcome>((resolve) => {
    const known = { directory, offset: 0, epoch: spec.epoch, clock: systemClock };
    const limits = { patienceMs: PATIENCE_MS, graceMs: spec.limits.graceMs };
    const report = (reported: AttemptReport): void => {
      const end = take(reported, onStep);
      if (end !== null) {
        resolve(end);
      }
    };
    const watch = watchAttempt({ ...known, ...limits, marker: attemptMarker(spec) }, report);
    void over.then(() => {
      watch.check(true);
    });
  });
  await over;
  return outcome;
}

/** The outcome, once it is over. */
function take(report: AttemptReport, onStep: (step: string) => void): Outcome | null {
  switch (report.kind) {
    case 'claimed':
      return null;
    case 'progress': {
      const { step, throttledUntil } = report.progress;
      if (step !== null || throttledUntil !== null) {
        onStep(step ?? 'waits for its provider');
      }
      return null;
    }
    case 'ended':
      return report.outcome;
    case 'revoked':
      return outcomeWithout(stopped());
  }
}

/** Settles when the process has ended, or could not be started. */
function endOf(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      resolve();
    };
    child.once('exit', end).once('error', end);
  });
}

const stopped = (): Failure => ({ reason: 'cancelled', message: t('It was stopped.') });

function notStarted(why: string): Failure {
  return { reason: 'not_started', message: t('The runner could not be started: {0}.', why) };
}
