import type { TaskRecord } from '../../coordinator/run/state/state.ts';
import { isAsked, isInteractive } from '../../coordinator/run/transition/judgement.ts';
import { agentOf } from '../../coordinator/run/transition/transition.ts';
import type { RunEventBody } from '../../coordinator/schema/events.ts';
import type { Disposable } from '../../shared/disposable.ts';
import type { TaskKey } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import { unreachable } from '../../shared/unreachable.ts';
import { taskDetails } from '../attempt/attempt-details.ts';
import type { AttemptName } from '../attempt/attempt-driver.ts';
import type { AttemptReport } from '../attempt/attempt-report.ts';
import type { Judgement } from '../contract/judgement.ts';
import type { WriteStatus } from '../contract/ports.ts';
import type { Briefing } from '../prompt/role-view.ts';
import type { EvidenceCollector } from '../proof/collect-evidence.ts';
import { ResultReader } from '../proof/receive-result.ts';
import { EvidenceVerifier, isProven, leaveToEvidence } from '../proof/verify-evidence.ts';
import { PlanStatusNotifier } from './plan-status-notifier.ts';
import { type CheckEffectOptions, CheckEffects } from './suite-effects.ts';

/** The dependencies of a run's effects. */
export interface EffectOptions extends CheckEffectOptions {
  readonly evidence: EvidenceCollector;
  /** Writes the instructions for a task's next attempt. */
  readonly brief: (record: TaskRecord) => Promise<Briefing>;
  /** Asks a person whether a task may start. */
  readonly askTask: (record: TaskRecord) => Promise<void>;
  /** Asks a person whether a task that they worked on is proven. */
  readonly askProof: (record: TaskRecord) => Promise<Judgement | null>;
  readonly writeStatus: WriteStatus;
  /** Collects the files of a proven task before another task builds on it. Never throws. */
  readonly proven: (record: TaskRecord, files: readonly string[]) => Promise<void>;
  /** In [0, 1). */
  readonly random: () => number;
  /** Called at the end of the run, to release its resources. */
  readonly onEnded: () => void;
}

/** Carries out the coordinator's decisions and posts their results. */
export class Effects implements Disposable {
  readonly #options: EffectOptions;
  readonly #source: PlanStatusNotifier;
  readonly #results: ResultReader;
  readonly #prover: EvidenceVerifier;
  readonly #checks: CheckEffects;

  constructor(options: EffectOptions) {
    this.#options = options;
    this.#source = new PlanStatusNotifier(options.run, options.writeStatus);
    this.#results = new ResultReader(options.run.results.values());
    this.#checks = new CheckEffects(options);
    this.#prover = new EvidenceVerifier({ ...options, contextFile: options.blackboardFile });
  }

  /** Carries out one decision. Never throws: a failure is posted as an event. */
  perform(action: RunEventBody): void {
    switch (action.type) {
      case 'check.requested':
        void this.#checks.launch(action.job, action.attempt);
        return;
      case 'check.cancel.requested':
        void this.#checks.stop(action.job, action.attempt);
        return;
      case 'attempt.requested':
        this.#withRecord(action.task, (record) => this.#launchTask(record));
        return;
      case 'attempt.cancel.requested':
        this.#withRecord(action.task, (record) => this.#stop(record));
        return;
      case 'approval.requested':
        this.#withRecord(action.task, this.#options.askTask);
        return;
      case 'evidence.requested':
        this.#withRecord(action.task, (record) => this.#prove(record));
        return;
      case 'close.requested':
        this.#withRecord(action.task, (record) => this.#close(record));
        return;
      case 'run.ended':
        void this.#source.over().then(this.#options.onEnded);
        return;
      // Every other event is a fact or a decision without an effect.
      case 'run.started':
      case 'run.resumed':
      case 'phase.entered':
      case 'check.claimed':
      case 'check.ended':
      case 'check.revoked':
      case 'attempt.claimed':
      case 'attempt.progress':
      case 'attempt.ended':
      case 'attempt.revoked':
      case 'evidence.checked':
      case 'judgement.requested':
      case 'judgement.decided':
      case 'close.ended':
      case 'cancel.requested':
      case 'nudge.requested':
      case 'outside.changed':
      case 'provider.throttled_elsewhere':
      case 'breaker.synced':
      case 'quota.changed':
      case 'launch_pause.changed':
      case 'policy.reported':
      case 'result.received':
      case 'approval.given':
      case 'plan.changed':
      case 'warning':
      case 'wake':
        return;
      default:
        unreachable(action);
    }
  }

  /** Resumes the effects that an earlier coordinator started. */
  resume(): void {
    this.#checks.resume();
    for (const record of this.#options.run.order) {
      this.#resumeTask(record);
    }
  }

  dispose(): void {
    this.#options.driver.dispose();
  }

  #resumeTask(record: TaskRecord): void {
    const { state } = record;
    if (state.kind === 'running') {
      const reporter = this.#taskReporter(record);
      this.#options.driver.resume(nameOf(record), record.offset, reporter);
      if (state.stage === 'stopping') {
        void this.#options.driver.cancel(nameOf(record), reporter);
      }
    } else if (state.kind === 'ready' && record.approval === 'asked') {
      void this.#options.askTask(record);
    } else if (isAsked(record)) {
      void this.askProof(record);
    } else if (state.kind === 'verifying' && state.stage !== 'wanted') {
      void this.#prove(record);
    } else if (state.kind === 'completed' && state.close.kind === 'requested') {
      void this.#close(record);
    }
  }

  #withRecord(key: TaskKey, act: (record: TaskRecord) => Promise<void>): void {
    const record = this.#options.run.tasks.get(key);
    if (record !== undefined) {
      void act(record);
    }
  }

  async #launchTask(record: TaskRecord): Promise<void> {
    const { run, driver, evidence, brief } = this.#options;
    const agent = agentOf(record);
    if (agent === undefined) {
      return;
    }
    if (record.attempt === 1) {
      void this.#claim(record);
    }
    const name = nameOf(record);
    if (agent.expectsChanges) {
      // Without a snapshot, the edits that the agent reports can still prove the attempt.
      await evidence.before(driver.directory(firstOf(record))).catch(() => undefined);
    }
    const details = taskDetails(run, record, agent, await brief(record));
    await driver.launch(name, details, this.#taskReporter(record));
  }

  async #claim(record: TaskRecord): Promise<void> {
    const claimed = await this.#source.begun(record);
    if (!claimed.ok) {
      const message = t('Others may take it as well: {0}', claimed.failure);
      this.#options.post({ type: 'warning', message });
    }
  }

  #taskReporter(record: TaskRecord): (report: AttemptReport) => void {
    const { post } = this.#options;
    const { key: task } = record.planned;
    const { attempt } = record;
    return (report) => {
      switch (report.kind) {
        case 'claimed':
          post({ type: 'attempt.claimed', task, attempt, pid: report.pid });
          return;
        case 'progress':
          post({ type: 'attempt.progress', task, attempt, ...report.progress });
          return;
        case 'revoked':
          post({ type: 'attempt.revoked', task, attempt });
          return;
        case 'ended':
          void this.#attemptEnded(record, attempt, report);
          return;
      }
    };
  }

  /** Posts the attempt's result to the blackboard before its end, so that every decision about the end sees it. */
  async #attemptEnded(
    { planned: { key: task, id } }: TaskRecord,
    attempt: number,
    { offset, outcome }: Extract<AttemptReport, { kind: 'ended' }>,
  ): Promise<void> {
    const { post, driver, random } = this.#options;
    const left = await this.#results.read(driver.directory({ of: task, attempt }));
    if (!left.ok) {
      post({ type: 'warning', message: `${id}: ${left.failure}` });
    } else if (left.value !== null) {
      post({ type: 'result.received', task, attempt, result: left.value });
    }
    const judged = leaveToEvidence(outcome);
    post({ type: 'attempt.ended', task, attempt, offset, outcome: judged, jitter: random() });
  }

  async #prove(record: TaskRecord): Promise<void> {
    const { post, proven } = this.#options;
    const { attempt } = record;
    const found = await this.#prover.verify(record);
    if (isInteractive(record)) {
      post({ type: 'judgement.requested', task: record.planned.key, attempt, ...found });
      return;
    }
    if (isProven(found.evidence)) {
      await proven(record, found.files);
    }
    post({ type: 'evidence.checked', task: record.planned.key, attempt, ...found });
  }

  /** Asks a person whether a task is proven, after the state includes the evidence to judge by. */
  async askProof(record: TaskRecord): Promise<void> {
    const word = await this.#options.askProof(record);
    if (word !== null) {
      await this.judge(record.planned.key, word);
    }
  }

  /** Decides a task that waits for a person's judgement; does nothing in any other state. */
  async judge(task: TaskKey, { proven, by }: Judgement): Promise<void> {
    const record = this.#options.run.tasks.get(task);
    if (record === undefined || !isAsked(record)) {
      return;
    }
    if (proven) {
      await this.#options.proven(record, record.changedFiles);
    }
    this.#options.post({ type: 'judgement.decided', task, proven, by });
  }

  /** Stops the running process of a task: its newest attempt or the test that proves it. */
  async #stop(record: TaskRecord): Promise<void> {
    await (record.state.kind === 'verifying'
      ? this.#prover.stop(record)
      : this.#options.driver.cancel(nameOf(record), this.#taskReporter(record)));
  }

  async #close(record: TaskRecord): Promise<void> {
    const written = await this.#source.done(record);
    const problem = written.ok ? null : written.failure;
    this.#options.post({ type: 'close.ended', task: record.planned.key, problem });
  }
}

function nameOf(record: TaskRecord): AttemptName {
  return { of: record.planned.key, attempt: record.attempt };
}

function firstOf(record: TaskRecord): AttemptName {
  return { of: record.planned.key, attempt: 1 };
}
