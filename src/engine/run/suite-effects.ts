import type { RunState } from '../../coordinator/run/state/state.ts';
import type { Outcome } from '../../coordinator/schema/attempt.ts';
import type { RunEventBody, SuiteJob } from '../../coordinator/schema/events.ts';
import { t } from '../../shared/messages.ts';
import { suiteDetails } from '../attempt/attempt-details.ts';
import type { AttemptDriver } from '../attempt/attempt-driver.ts';
import type { AttemptReport } from '../attempt/attempt-report.ts';

type TestsOf = Extract<RunEventBody, { type: 'check.ended' }>['tests'];

/** The dependencies of the effects of a run's own checks. */
export interface CheckEffectOptions {
  readonly run: RunState;
  readonly driver: AttemptDriver;
  /** Determines the suite's test results from its outcome and output. */
  readonly judgeTests: (job: SuiteJob, attempt: number, outcome: Outcome) => Promise<TestsOf>;
  /** The view of the blackboard for the run's own checks (absolute). */
  readonly blackboardFile: string;
  readonly post: (event: RunEventBody) => void;
}

/** Carries out decisions about a run's own checks: the refresh and the tests. */
export class CheckEffects {
  readonly #options: CheckEffectOptions;

  constructor(options: CheckEffectOptions) {
    this.#options = options;
  }

  async launch(job: SuiteJob, attempt: number): Promise<void> {
    const { run, driver, blackboardFile } = this.#options;
    const plan = job === 'refresh' ? run.plan.refresh : run.plan.tests;
    if (plan === null) {
      return;
    }
    const details = suiteDetails(job, plan, blackboardFile);
    await driver.launch({ of: job, attempt }, details, this.#reporter(job, attempt));
  }

  async stop(job: SuiteJob, attempt: number): Promise<void> {
    await this.#options.driver.cancel({ of: job, attempt }, this.#reporter(job, attempt));
  }

  /** Resumes the checks that an earlier coordinator started. */
  resume(): void {
    const { run, driver } = this.#options;
    for (const job of ['refresh', 'baseline', 'tests'] as const) {
      const { state, attempt, offset } = run.suites[job];
      if (state.kind === 'running') {
        driver.resume({ of: job, attempt }, offset, this.#reporter(job, attempt));
      }
    }
  }

  #reporter(job: SuiteJob, attempt: number): (report: AttemptReport) => void {
    const { post } = this.#options;
    return (report) => {
      switch (report.kind) {
        case 'claimed':
          post({ type: 'check.claimed', job, attempt, pid: report.pid });
          return;
        case 'progress':
          return;
        case 'revoked':
          post({ type: 'check.revoked', job, attempt });
          return;
        case 'ended':
          void this.#ended(job, attempt, report.offset, report.outcome);
          return;
      }
    };
  }

  async #ended(job: SuiteJob, attempt: number, offset: number, outcome: Outcome): Promise<void> {
    const { post, judgeTests } = this.#options;
    const tests = job === 'refresh' ? null : await judgeTests(job, attempt, outcome);
    if (job === 'refresh' && outcome.failure !== null) {
      post({
        type: 'warning',
        message: t('The context refresh failed: {0}', outcome.failure.message),
      });
    }
    post({ type: 'check.ended', job, attempt, offset, outcome, tests });
  }
}
