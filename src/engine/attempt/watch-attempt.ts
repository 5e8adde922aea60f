import type { RunnerEvent } from '../../coordinator/schema/attempt.ts';
import { FORMAT } from '../../coordinator/schema/format.ts';
import type { Disposable } from '../../shared/disposable.ts';
import type { Failure } from '../../shared/failure.ts';
import { t } from '../../shared/messages.ts';
import { claimAttempt, readClaim } from '../../store/attempts/claim.ts';
import { readRunnerEvents } from '../../store/attempts/event-reader.ts';
import { type AttemptFollower, followAttempt } from '../../store/attempts/follow-attempt.ts';
import type { Clock } from '../../system/clock.ts';
import { endTree } from '../../system/processes/end-tree.ts';
import type { Marker } from '../../system/processes/marked-processes.ts';
import { isAlive } from '../../system/processes/process-identity.ts';
import { type AttemptReport, outcomeWithout, progressOf } from './attempt-report.ts';

export interface AttemptWatch extends Disposable {
  /** Checks the process at once. `isGone`: its terminal or host reports that it is gone. */
  check(isGone: boolean): void;
  /**
   * Reports that the process that was to start the attempt was killed: an unclaimed attempt never starts and does not
   * count.
   */
  lost(): void;
}

export interface WatchOptions {
  readonly directory: string;
  /** Bytes of the runner's events that have been processed. */
  readonly offset: number;
  readonly epoch: number;
  /** Environment that every process of this attempt carries. */
  readonly marker: Marker;
  /** How long a runner may take to claim the attempt, ms; 0 = an unclaimed attempt will never start. */
  readonly patienceMs: number;
  readonly graceMs: number;
  readonly clock: Clock;
}

/**
 * How often to check the runner's process, ms. A killed runner's terminal reports it at once; without a terminal, this
 * check does.
 */
const LIVENESS_MS = process.platform === 'linux' ? 2_000 : 5_000;

/**
 * Follows one attempt from its claim to its end, no matter which process started it. It reads the runner's events and
 * checks the runner's process while there are none. Ends with exactly one `ended` or `revoked` report.
 */
export function watchAttempt(
  options: WatchOptions,
  report: (report: AttemptReport) => void,
): AttemptWatch {
  const watcher = new Watcher(options, report);
  watcher.start();
  return watcher;
}

class Watcher implements AttemptWatch {
  readonly #options: WatchOptions;
  readonly #report: (report: AttemptReport) => void;
  readonly #since: number;
  #follower: AttemptFollower | null = null;
  #timer: Disposable | null = null;
  #offset: number;
  #claimed = false;
  #done = false;
  #checking = false;
  #isGone = false;
  #neverStarts = false;
  /** The agent's latest question, until it continues; the cost of its message arrives after the question. */
  #needsYou: string | null = null;

  constructor(options: WatchOptions, report: (report: AttemptReport) => void) {
    this.#options = options;
    this.#report = report;
    this.#offset = options.offset;
    this.#since = options.clock.now();
  }

  start(): void {
    const { directory, offset } = this.#options;
    this.#follower = followAttempt(
      directory,
      offset,
      ({ event, offset: after }) => {
        this.#accept(event, after);
      },
      (message) => {
        this.#finish({
          kind: 'ended',
          offset: this.#offset,
          outcome: outcomeWithout({ reason: 'protocol', message }),
        });
      },
    );
    void this.#check();
  }

  check(isGone: boolean): void {
    this.#isGone ||= isGone;
    this.#follower?.refresh();
    void this.#check();
  }

  lost(): void {
    this.#neverStarts = true;
    this.check(true);
  }

  dispose(): void {
    this.#done = true;
    this.#timer?.dispose();
    this.#follower?.dispose();
  }

  #accept(event: RunnerEvent, offset: number): void {
    if (this.#done) {
      return;
    }
    this.#offset = offset;
    if (event.type === 'ended') {
      this.#finish({ kind: 'ended', offset, outcome: event.outcome });
      return;
    }
    if (event.type === 'started') {
      void this.#check();
      return;
    }
    const progress = progressOf(event, offset, this.#needsYou);
    this.#needsYou = progress.needsYou;
    this.#report({ kind: 'progress', progress });
  }

  #finish(report: AttemptReport): void {
    if (!this.#done) {
      this.dispose();
      this.#report(report);
    }
  }

  /** Runs one check at a time. Checks the process only while no event can reveal its state. */
  async #check(): Promise<void> {
    if (this.#checking || this.#done) {
      return;
    }
    this.#checking = true;
    this.#timer?.dispose();
    await this.#inspect();
    this.#checking = false;
    this.#scheduleCheck();
  }

  #scheduleCheck(): void {
    if (!this.#done) {
      const delay = this.#claimed ? LIVENESS_MS : Math.min(LIVENESS_MS, 500);
      this.#timer = this.#options.clock.after(delay, () => void this.#check());
    }
  }

  async #inspect(): Promise<void> {
    const { directory } = this.#options;
    const claim = await readClaim(directory);
    if (this.#done || !claim.ok) {
      return;
    }
    if (claim.value === null) {
      await this.#unclaimed();
      return;
    }
    if (claim.value.kind === 'revoked') {
      this.#finish({ kind: 'revoked' });
      return;
    }
    const { process } = claim.value;
    if (!this.#claimed) {
      this.#claimed = true;
      this.#report({ kind: 'claimed', pid: process.pid });
    }
    if ((await isAlive(process)) === 'gone') {
      await this.#runnerLost(process);
    }
  }

  /**
   * No runner has claimed the attempt. After the patience has passed, this process takes the claim itself, so that no
   * runner can.
   */
  async #unclaimed(): Promise<void> {
    const { clock, patienceMs, directory, epoch } = this.#options;
    if (!this.#isGone && clock.now() - this.#since < patienceMs) {
      return;
    }
    const at = clock.now();
    const taken = await claimAttempt(directory, { v: FORMAT, kind: 'revoked', epoch, at });
    if (!taken.ok) {
      return;
    }
    if (patienceMs === 0 || this.#neverStarts) {
      this.#finish({ kind: 'revoked' });
      return;
    }
    const failure: Failure = {
      reason: 'not_started',
      message: t('Its runner did not start.'),
      remedy: t('Look at the terminal for the reason, then retry.'),
    };
    this.#finish({ kind: 'ended', offset: this.#offset, outcome: outcomeWithout(failure) });
  }

  /**
   * The runner is gone. Unless its last event was already written, it was killed: then its processes are ended first.
   */
  async #runnerLost(process: {
    readonly pid: number;
    readonly start: string | null;
  }): Promise<void> {
    const { directory, marker, graceMs } = this.#options;
    if (await this.#drain(directory)) {
      return;
    }
    await endTree({ root: process, marker, graceMs });
    if (this.#done) {
      return;
    }
    const failure: Failure = {
      reason: 'interrupted',
      message: t('Its runner was killed before it could report an end.'),
      remedy: t('Check what it had already changed, then retry.'),
    };
    this.#finish({ kind: 'ended', offset: this.#offset, outcome: outcomeWithout(failure) });
  }

  /** Reads the remaining events; whether the runner's last event was among them. */
  async #drain(directory: string): Promise<boolean> {
    for (;;) {
      const read = await readRunnerEvents(directory, this.#offset);
      if (!read.ok || read.value.events.length === 0 || this.#done) {
        return this.#done;
      }
      for (const { event, offset } of read.value.events) {
        if (offset > this.#offset) {
          this.#accept(event, offset);
        }
      }
    }
  }
}
