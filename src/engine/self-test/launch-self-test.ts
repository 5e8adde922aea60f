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

/** Options of a self-test's launch. */
export interface LaunchOptions {
  /** Program and arguments of our runner. */
  readonly runner: readonly string[];
  /** Stops the test and ends everything that the agent started. */
  readonly cancelled: AbortSignal;
  /** Receives each step of the agent, in a few words. */
  readonly onStep: (step: string) => void;
  /** Environment of the runner, and so of the agent; default: that of this process. */
  readonly env?: NodeJS.ProcessEnv;
}

/** Time after which a runner without a claim counts as failed, ms. */
const CLAIM_TIMEOUT_MS = 30_000;

/** Starts the real runner and watches it. On resolve, the runner and everything that it started have ended. */
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
    return await runToEnd(test, options, hashes);
  } finally {
    options.cancelled.removeEventListener('abort', stop);
  }
}

async function runToEnd(
  { directory, spec }: PreparedSelfTest,
  { runner, onStep, env = process.env }: LaunchOptions,
  hashes: AttemptHashes,
): Promise<Outcome> {
  const started = await spawnCommand(
    { kind: 'argv', argv: [...runner, directory, hashes.specHash, hashes.promptHash] },
    {
      cwd: spec.cwd,
      // Inside VS Code our runner uses the Node of Electron.
      env: cleanedEnvironment(env, { ELECTRON_RUN_AS_NODE: '1' }),
      stdio: 'ignore',
    },
  );
  if (!started.ok) {
    return outcomeWithout(notStarted(started.failure.message));
  }
  const exited = exitOf(started.value);
  const outcome = await new Promise<Outcome>((resolve) => {
    const known = { directory, offset: 0, epoch: spec.epoch, clock: systemClock };
    const limits = { patienceMs: CLAIM_TIMEOUT_MS, graceMs: spec.limits.graceMs };
    const listener = (reported: AttemptReport): void => {
      const end = onReport(reported, onStep);
      if (end !== null) {
        resolve(end);
      }
    };
    const watch = watchAttempt({ ...known, ...limits, marker: attemptMarker(spec) }, listener);
    void exited.then(() => {
      watch.check(true);
    });
  });
  await exited;
  return outcome;
}

/** Returns the outcome once the attempt has ended, else `null`; passes its steps on. */
function onReport(report: AttemptReport, onStep: (step: string) => void): Outcome | null {
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

/** Resolves when the process has ended, or could not be started. */
function exitOf(child: ChildProcess): Promise<void> {
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
