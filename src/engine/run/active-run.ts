import type { CoordinatorBus } from '../../coordinator/messages/coordinator-bus.ts';
import type { Topics } from '../../coordinator/messages/topics.ts';
import { projectMetadata } from '../../coordinator/projections/project-metadata.ts';
import type { RunState, TaskRecord } from '../../coordinator/run/state/state.ts';
import type { RunEventBody } from '../../coordinator/schema/events.ts';
import type { Disposable } from '../../shared/disposable.ts';
import type { TaskKey } from '../../shared/ids.ts';
import type { JournalWriter } from '../../store/journal/journal-writer.ts';
import type { GroupLock } from '../../store/lock/group-lock.ts';
import { MetadataWriter } from '../../store/metadata/metadata-writer.ts';
import { learnDurations } from '../../store/projections/durations.ts';
import { followRequests } from '../../store/requests/requests.ts';
import type { Clock } from '../../system/clock.ts';
import { ArtifactCollector } from '../artifacts/artifact-collector.ts';
import { runFiles } from '../artifacts/run-files.ts';
import type { AttemptDriver } from '../attempt/attempt-driver.ts';
import type { GuardedRun } from '../contract/guards.ts';
import { type Judgement } from '../contract/judgement.ts';
import { askJudgement } from './ask-judgement.ts';
import { askTask } from './ask-task.ts';
import { BlackboardWriter } from './blackboard-writer.ts';
import { DeadLetterWriter } from './dead-letter-writer.ts';
import { type EffectOptions, Effects } from './effects.ts';
import { RunLoop } from './run-loop.ts';

/** What a coordinated run is put together from. */
export interface ActiveRunDeps {
  readonly state: RunState;
  readonly lock: GroupLock;
  readonly journal: JournalWriter;
  readonly driver: AttemptDriver;
  /** Absolute. */
  readonly workspaceRoot: string;
  readonly runDirectory: string;
  /** Absolute. */
  readonly groupDirectory: string;
  readonly clock: Clock;
  /** Told of every event once it is part of the state. */
  readonly bus: CoordinatorBus;
  /** Holds it back from outside, from before its first decision. */
  readonly guard: (run: GuardedRun) => Disposable;
  readonly effects: Pick<
    EffectOptions,
    'evidence' | 'judgeTests' | 'brief' | 'blackboardFile' | 'writeStatus' | 'random'
  >;
}

/** A run that this process coordinates, from its lock to its last line of the journal. */
export class ActiveRun implements Disposable {
  readonly #parts: ActiveRunDeps;
  readonly #loop: RunLoop;
  readonly #effects: Effects;
  readonly #metadata: MetadataWriter;
  readonly #deadLetters: DeadLetterWriter;
  readonly #blackboard: BlackboardWriter;
  readonly #artifacts: ArtifactCollector;
  #resolveDone: () => void = () => undefined;
  #resolveOver: () => void = () => undefined;
  #requests: Disposable | null = null;
  #guard: Disposable | null = null;
  #released = false;

  /** Resolves when the run is over and everything of it is on disk, or when this process let go of it. */
  readonly done = new Promise<void>((resolve) => {
    this.#resolveDone = resolve;
  });

  /** Resolves when this process can do no more for it: like `done`, and also once it is suspended. */
  readonly over = new Promise<void>((resolve) => {
    this.#resolveOver = resolve;
  });

  constructor(parts: ActiveRunDeps) {
    this.#parts = parts;
    const { state: run, journal, clock, lock, driver } = parts;
    const post = (event: RunEventBody): void => {
      this.#loop.post(event);
    };
    this.#artifacts = new ArtifactCollector({ ...parts, run });
    this.#effects = new Effects({
      ...parts.effects,
      run,
      driver,
      post,
      askProof: (record) => askJudgement(parts.bus, run, record),
      askTask: (record) => askTask(parts.bus, run, record, post),
      proven: (record, files) => this.#artifacts.proven(record, files),
      onEnded: () => void this.#finish(),
    });
    this.#loop = new RunLoop({
      run,
      journal,
      clock,
      mayAct: () => lock.isStillMine(),
      perform: (action) => {
        this.#effects.perform(action);
      },
    });
    this.#metadata = new MetadataWriter(parts.groupDirectory, lock, () =>
      projectMetadata(run, runFiles(parts.runDirectory)),
    );
    this.#deadLetters = new DeadLetterWriter({
      workspaceRoot: parts.workspaceRoot,
      run,
      lock,
      attemptDirectory: (record) => this.attemptDirectory(record),
    });
    this.#blackboard = new BlackboardWriter(parts.runDirectory, run, lock);
    this.#loop.onEvent((event) => {
      this.#blackboard.told(event);
      this.#deadLetters.told(event);
      this.#eventHappened(event);
      if (event.type === 'judgement.requested') {
        const record = this.state.tasks.get(event.task);
        void (record === undefined ? undefined : this.#effects.askProof(record));
      }
    });
  }

  get state(): RunState {
    return this.#parts.state;
  }

  /** Why it does not go on although it is not over; `null` = it does. */
  get suspended(): string | null {
    return this.#loop.suspended;
  }

  /** Begins to decide. `resumed`: attempts of an earlier coordinator are taken up first. */
  async start(resumed: boolean): Promise<void> {
    const { groupDirectory, state, lock } = this.#parts;
    const mine = { run: state.plan.run, epoch: lock.epoch };
    const requests = await followRequests(groupDirectory, mine, (request) => {
      switch (request.kind) {
        case 'cancel':
          this.cancel(request.task, request.by);
          return;
        case 'nudge':
          this.nudge(request.task, request.message, request.by);
          return;
        case 'judge':
          void this.judge(request.task, { proven: request.proven, by: request.by });
          return;
        case 'yield':
          void this.release();
          return;
      }
    });
    this.#requests = requests.ok ? requests.value : null;
    if (resumed) {
      this.#guard ??= this.#parts.guard(this);
      this.#effects.resume();
      this.#deadLetters.lookAtAll();
    }
    await this.#blackboard.write();
    this.#metadata.touch();
    this.#guard ??= this.#parts.guard(this);
    this.#loop.turn();
  }

  /** Adds what happened outside: a changed plan, other dependencies. */
  post(event: RunEventBody): void {
    this.#loop.post(event);
  }

  /** Stops the run (`task` null) or one task of it. `by`: who asked, for the journal. */
  cancel(task: TaskKey | null, by: string): void {
    this.#loop.post({ type: 'cancel.requested', task, by });
  }

  /** Gives a task that is over back to its session, with a person's message. */
  nudge(task: TaskKey, message: string, by: string): void {
    this.#loop.post({ type: 'nudge.requested', task, message, by });
  }

  /** Takes a person's word on a task that they are asked about. */
  judge(task: TaskKey, word: Judgement): Promise<void> {
    return this.#effects.judge(task, word);
  }

  /** Absolute directory of a task's newest attempt. */
  attemptDirectory(record: TaskRecord): string {
    return this.#parts.driver.directory({ of: record.planned.key, attempt: record.attempt });
  }

  /** Lets go without ending anything: what runs goes on, and another coordinator may take the run up. */
  async release(): Promise<void> {
    if (this.#released) {
      return;
    }
    this.#stopDeciding();
    await this.#parts.journal.close();
    await this.#metadata.flush();
    await this.#deadLetters.flush();
    await this.#blackboard.flush();
    this.dispose();
  }

  /** Like `release`, for when there is no time left: only what must not be forgotten. */
  dispose(): void {
    this.#stopDeciding();
    this.#metadata.dispose();
    this.#blackboard.dispose();
    this.#parts.lock.release();
    this.#resolveDone();
    this.#resolveOver();
  }

  #stopDeciding(): void {
    this.#released = true;
    this.#loop.dispose();
    this.#effects.dispose();
    this.#requests?.dispose();
    this.#guard?.dispose();
  }

  #eventHappened(event: RunEventBody): void {
    if (event.type === 'phase.entered') {
      void this.#metadata.flush();
    } else {
      this.#metadata.touch();
    }
    this.#publish(event);
    if (this.suspended !== null) {
      this.#resolveOver();
    }
  }

  async #finish(): Promise<void> {
    await this.#artifacts.finish();
    await learnDurations(this.#parts.workspaceRoot, this.state);
    await this.release();
    this.#parts.bus.publish('run.ended', this.#itself());
  }

  #publish(event: RunEventBody): void {
    const { bus, state } = this.#parts;
    const about = this.#itself();
    bus.publish('run.event', { ...about, seq: state.seq, at: state.now, event });
    if (event.type === 'policy.reported') {
      bus.publish('policy.reported', { ...about, ...event });
    }
  }

  #itself(): Pick<Topics['run.ended'], 'group' | 'run' | 'state'> {
    const { state } = this.#parts;
    return { group: state.plan.group, run: state.plan.run, state };
  }
}
