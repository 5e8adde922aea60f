import { customCommand } from '../../agents/commands.ts';
import { HOOKS_VARIABLE } from '../../agents/contract/agent.ts';
import type { AttemptSpec, Command, Job } from '../../coordinator/schema/attempt.ts';
import type { SuiteJob } from '../../coordinator/schema/events.ts';
import { FORMAT } from '../../coordinator/schema/format.ts';
import type { RunSpec } from '../../coordinator/schema/run-spec.ts';
import type { Disposable } from '../../shared/disposable.ts';
import type { GroupKey, RunId, TaskKey } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import {
  attemptDirectory,
  attemptFiles,
  testDirectory,
} from '../../store/attempts/attempt-directory.ts';
import { claimAttempt, requestCancel } from '../../store/attempts/claim.ts';
import { prepareAttempt } from '../../store/attempts/specification.ts';
import type { Clock } from '../../system/clock.ts';
import type { Launcher } from '../contract/ports.ts';
import { type AttemptReport, outcomeWithout } from './attempt-report.ts';
import { type AttemptWatch, watchAttempt } from './watch-attempt.ts';

/** Identifies an attempt of a task or of one of the run's own checks. */
export interface AttemptName {
  readonly of: TaskKey | SuiteJob;
  readonly attempt: number;
  /** The number of the test run that follows the attempt; absent for the attempt itself. */
  readonly test?: number;
}

/** The driver's dependencies on the run. */
export interface DriverOptions {
  readonly run: RunId;
  readonly group: GroupKey;
  readonly groupId: string;
  readonly kind: RunSpec['kind'];
  readonly epoch: number;
  /** Absolute. */
  readonly runDirectory: string;
  readonly lockDirectory: string;
  readonly workspaceRoot: string;
  readonly launcher: Launcher;
  readonly clock: Clock;
}

/** The details that differ between attempts. */
export type AttemptDetails = Pick<
  AttemptSpec,
  | 'job'
  | 'task'
  | 'taskId'
  | 'title'
  | 'subagent'
  | 'agent'
  | 'maxAttempts'
  | 'again'
  | 'command'
  | 'env'
  | 'adapter'
  | 'stdin'
  | 'baseline'
> & {
  readonly timeoutMs: number;
  readonly prompt: string | null;
  /** The attempt's view of the blackboard (absolute). */
  readonly contextFile: string;
  /** The session to resume; if absent, the command may name a new one. */
  readonly session?: string | undefined;
  /** USD left of the run's budget; `null` if it has none. */
  readonly budgetUsd?: number | null;
};

const GRACE_MS = 3_000;
const MAX_LOG_BYTES = 16 * 1024 * 1024;
/**
 * How long to wait for a claim, ms. A terminal can be slow on a busy machine; a runner that has not claimed the attempt
 * by then never will.
 */
const PATIENCE_MS = 60_000;

/** Starts, follows and stops the attempts of one run. */
export class AttemptDriver implements Disposable {
  readonly #options: DriverOptions;
  readonly #watches = new Map<string, AttemptWatch>();
  readonly #hints: Disposable;
  readonly #losses: Disposable | undefined;

  constructor(options: DriverOptions) {
    this.#options = options;
    this.#hints = options.launcher.onHint((directory) => this.#watches.get(directory)?.check(true));
    this.#losses = options.launcher.onLost?.((directory) => this.#watches.get(directory)?.lost());
  }

  /** Absolute directory of an attempt. */
  directory({ of, attempt, test }: AttemptName): string {
    const directory = attemptDirectory(this.#options.runDirectory, of, attempt);
    return test === undefined ? directory : testDirectory(directory, test);
  }

  /** Writes the specification, requests the start and follows the attempt. */
  async launch(
    name: AttemptName,
    details: AttemptDetails,
    report: (report: AttemptReport) => void,
  ): Promise<void> {
    const directory = this.directory(name);
    const spec = this.#specification(name, details, directory);
    try {
      const hashes = await prepareAttempt(directory, spec, details.prompt);
      this.follow(name, 0, PATIENCE_MS, report);
      const launched = await this.#options.launcher.launch({ directory, hashes, spec });
      if (!launched.ok) {
        await this.#failedToStart(directory, launched.failure, report);
      }
    } catch (error) {
      // If the attempt's directory cannot be written, only this attempt fails.
      await this.#failedToStart(directory, String(error), report);
    }
  }

  /** Follows an attempt from an offset of its events. `patienceMs` 0: an unclaimed attempt will never start. */
  follow(
    name: AttemptName,
    offset: number,
    patienceMs: number,
    report: (report: AttemptReport) => void,
  ): void {
    const directory = this.directory(name);
    const { epoch, clock } = this.#options;
    const watch = watchAttempt(
      {
        directory,
        offset,
        epoch,
        clock,
        patienceMs,
        graceMs: GRACE_MS,
        marker: this.#marker(name),
      },
      (reported) => {
        if (reported.kind === 'ended' || reported.kind === 'revoked') {
          this.#watches.delete(directory);
        }
        report(reported);
      },
    );
    this.#watches.set(directory, watch);
  }

  /** Resumes following an attempt that an earlier coordinator requested. */
  resume(name: AttemptName, offset: number, report: (report: AttemptReport) => void): void {
    this.follow(name, offset, 0, report);
  }

  /** Asks the runner to stop the attempt; revokes an attempt that no runner has claimed. */
  async cancel(name: AttemptName, report: (report: AttemptReport) => void): Promise<void> {
    const directory = this.directory(name);
    const { epoch, clock } = this.#options;
    const revoked = await claimAttempt(directory, {
      v: FORMAT,
      kind: 'revoked',
      epoch,
      at: clock.now(),
    });
    if (revoked.ok) {
      this.#forget(directory);
      report({ kind: 'revoked' });
      return;
    }
    await requestCancel(directory);
    this.#watches.get(directory)?.check(false);
  }

  /** Stops following. Running processes continue. */
  dispose(): void {
    this.#hints.dispose();
    this.#losses?.dispose();
    for (const watch of this.#watches.values()) {
      watch.dispose();
    }
    this.#watches.clear();
  }

  #forget(directory: string): void {
    this.#watches.get(directory)?.dispose();
    this.#watches.delete(directory);
  }

  async #failedToStart(
    directory: string,
    why: string,
    report: (report: AttemptReport) => void,
  ): Promise<void> {
    const { epoch, clock } = this.#options;
    const claim = { v: FORMAT, kind: 'revoked' as const, epoch, at: clock.now() };
    const revoked = await claimAttempt(directory, claim).then(
      ({ ok }) => ok,
      () => true,
    );
    if (!revoked) {
      // A runner holds the claim, so the attempt is followed rather than declared lost.
      return;
    }
    this.#forget(directory);
    const failure = {
      reason: 'not_started' as const,
      message: t('It could not be started: {0}', why),
    };
    report({ kind: 'ended', offset: 0, outcome: outcomeWithout(failure) });
  }

  /** Environment variables that mark every process of the attempt. */
  #marker({ of, attempt }: AttemptName): Record<string, string> {
    return {
      PARALLEL_GROUPS_RUN: this.#options.run,
      PARALLEL_GROUPS_TASK: of,
      PARALLEL_GROUPS_ATTEMPT: String(attempt),
    };
  }

  #specification(name: AttemptName, details: AttemptDetails, directory: string): AttemptSpec {
    const { run, group, epoch, lockDirectory, workspaceRoot } = this.#options;
    const { job, task, taskId, title, subagent, agent, maxAttempts, adapter, stdin } = details;
    return {
      v: FORMAT,
      run,
      group,
      job,
      task,
      taskId,
      title,
      subagent,
      agent,
      maxAttempts,
      ...(details.again === undefined ? {} : { again: details.again }),
      adapter,
      stdin,
      attempt: name.attempt,
      epoch,
      lockDirectory,
      command: this.#filled(details, directory),
      cwd: workspaceRoot,
      env: {
        ...details.env,
        ...(this.#isUnit(job) ? { PARALLEL_GROUPS_UNIT: taskId } : {}),
        PARALLEL_GROUPS_CONTEXT: details.contextFile,
        PARALLEL_GROUPS_RESULT: attemptFiles(directory).result,
        ...(stdin === 'terminal' ? { [HOOKS_VARIABLE]: attemptFiles(directory).hooks } : {}),
      },
      limits: { timeoutMs: details.timeoutMs, graceMs: GRACE_MS, maxLogBytes: MAX_LOG_BYTES },
      ...(details.baseline === undefined ? {} : { baseline: details.baseline }),
    };
  }

  /** Whether the attempt belongs to a map, whose tasks are units. */
  #isUnit(job: Job): boolean {
    return this.#options.kind === 'map' && job === 'task';
  }

  #filled(details: AttemptDetails, attemptDir: string): Command {
    const { command, job, taskId, contextFile, session, budgetUsd = null } = details;
    if (command.kind === 'shell') {
      return command;
    }
    const { groupId, workspaceRoot } = this.#options;
    return customCommand(
      { command: command.argv },
      {
        taskId,
        groupId,
        attemptDir,
        session,
        ...(budgetUsd === null ? {} : { budgetUsd: budgetWords(budgetUsd) }),
        ...(this.#isUnit(job) ? { unit: taskId } : {}),
        workspace: workspaceRoot,
        contextFile,
        promptFile: attemptFiles(attemptDir).prompt,
        resultFile: attemptFiles(attemptDir).result,
      },
    );
  }
}

/**
 * A budget as an argument: programs accept only a plain number above zero. A run with a spent budget launches nothing
 * more.
 */
function budgetWords(usd: number): string {
  return Math.max(usd, 0.0001).toFixed(4);
}
