import type { CoordinatorBus } from '../../coordinator/messages/coordinator-bus.ts';
import type { Topics } from '../../coordinator/messages/topics.ts';
import { projectMetadata } from '../../coordinator/projections/project-metadata.ts';
import type { RunState, TaskRecord } from '../../coordinator/run/state/state.ts';
import type { RunEventBody } from '../../coordinator/schema/events.ts';
import type { Disposable } from '../../shared/disposable.ts';
import type { TaskKey } from '../../shared/ids.ts';
import { ProjectionWriter } from '../../store/files/projection-writer.ts';
import type { JournalWriter } from '../../store/journal/journal-writer.ts';
import type { GroupLock } from '../../store/lock/group-lock.ts';
import { metadataProjection } from '../../store/metadata/metadata-file.ts';
import { learnDurations } from '../../store/projections/durations.ts';
import { followRequests } from '../../store/requests/requests.ts';
import type { Clock } from '../../system/clock.ts';
import { ArtifactCollector } from '../artifacts/artifact-collector.ts';
import { runFiles } from '../artifacts/run-files.ts';
import type { AttemptDriver } from '../attempt/attempt-driver.ts';
import type { GuardedRun } from '../contract/guards.ts';
import type { Judgement } from '../contract/judgement.ts';
import { askJudgement, askTask } from './ask-user.ts';
import { blackboardProjection, changesBlackboard } from './blackboard-projection.ts';
import { DeadLetterWriter } from './dead-letter-writer.ts';
import { type EffectOptions, Effects } from './effects.ts';
import { RunLoop } from './run-loop.ts';

/** The dependencies of a run that this process coordinates. */
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
  /** Fires every event after the state includes it. */
  readonly bus: CoordinatorBus;
  /** Watches the run and can hold it back from before its first decision. Disposing the result ends that. */
  readonly guard: (run: GuardedRun) => Disposable;
  readonly effects: Pick<
    EffectOptions,
    'evidence' | 'judgeTests' | 'brief' | 'blackboardFile' | 'writeStatus' | 'random'
  >;
}

/** A run that this process coordinates, from taking its lock to the last line of its journal. */
export class ActiveRun implements Disposable {
  readonly #deps: ActiveRunDeps;
  readonly #loop: RunLoop;
  readonly #effects: Effects;
  readonly #metadata: ProjectionWriter;
  readonly #deadLetters: DeadLetterWriter;
  readonly #blackboard: ProjectionWriter;
  readonly #artifacts: ArtifactCollector;
  #resolveDone: () => void = () => undefined;
  #resolveOver: () => void = () => undefined;
  #requests: Disposable | null = null;
  #guard: Disposable | null = null;
  #released = false;

  /** Resolves when the run has ended and its files are on disk, or when this process has released it. */
  readonly done = new Promise<void>((resolve) => {
    this.#resolveDone = resolve;
  });

  /** Resolves when this process can do nothing more for the run: like `done`, and also once it is suspended. */
  readonly over = new Promise<void>((resolve) => {
    this.#resolveOver = resolve;
  });

  constructor(deps: ActiveRunDeps) {
    this.#deps = deps;
    const { state: run, journal, clock, lock, driver } = deps;
    const post = (event: RunEventBody): void => {
      this.#loop.post(event);
    };
    this.#artifacts = new ArtifactCollector({ ...deps, run });
    this.#effects = new Effects({
      ...deps.effects,
      run,
      driver,
      post,
      askProof: (record) => askJudgement(deps.bus, run, record),
      askTask: (record) => askTask(deps.bus, run, record, post),
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
    const metadata = metadataProjection(deps.groupDirectory, () =>
      projectMetadata(run, runFiles(deps.runDirectory)),
    );
    this.#metadata = new ProjectionWriter(metadata, lock);
    this.#blackboard = new ProjectionWriter(blackboardProjection(deps.runDirectory, run), lock);
    this.#deadLetters = new DeadLetterWriter({
      workspaceRoot: deps.workspaceRoot,
      run,
      lock,
      attemptDirectory: (record) => this.attemptDirectory(record),
    });
    this.#loop.onEvent((event) => {
      if (changesBlackboard(event, run)) {
        this.#blackboard.touch();
      }
      this.#deadLetters.onEvent(event);
      this.#onEvent(event);
      if (event.type === 'judgement.requested') {
        const record = this.state.tasks.get(event.task);
        void (record === undefined ? undefined : this.#effects.askProof(record));
      }
    });
  }

  get state(): RunState {
    return this.#deps.state;
  }

  /** Why the run is suspended before its end; `null` while it makes progress. */
  get suspended(): string | null {
    return this.#loop.suspended;
  }

  /** Starts deciding. `resumed`: first resumes the attempts of an earlier coordinator. */
  async start(resumed: boolean): Promise<void> {
    const { groupDirectory, state, lock } = this.#deps;
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
      this.#guard ??= this.#deps.guard(this);
      this.#effects.resume();
      this.#deadLetters.checkAll();
    }
    await this.#blackboard.write();
    this.#metadata.touch();
    this.#guard ??= this.#deps.guard(this);
    this.#loop.turn();
  }

  /** Adds an event from outside the run, such as a changed plan or other dependencies. */
  post(event: RunEventBody): void {
    this.#loop.post(event);
  }

  /** Stops the run (`task` null) or one of its tasks. `by`: who asked, for the journal. */
  cancel(task: TaskKey | null, by: string): void {
    this.#loop.post({ type: 'cancel.requested', task, by });
  }

  /** Reopens the session of a task that has ended, with a person's message. */
  nudge(task: TaskKey, message: string, by: string): void {
    this.#loop.post({ type: 'nudge.requested', task, message, by });
  }

  /** Records a person's judgement of a task that waits for one. */
  judge(task: TaskKey, judgement: Judgement): Promise<void> {
    return this.#effects.judge(task, judgement);
  }

  /** Absolute directory of a task's newest attempt. */
  attemptDirectory(record: TaskRecord): string {
    return this.#deps.driver.directory({ of: record.planned.key, attempt: record.attempt });
  }

  /** Releases the run without ending its processes, so that another coordinator can resume it. */
  async release(): Promise<void> {
    if (this.#released) {
      return;
    }
    this.#stopDeciding();
    await this.#deps.journal.close();
    await this.#metadata.write();
    await this.#deadLetters.flush();
    await this.#blackboard.flush();
    this.dispose();
  }

  /** Like `release`, for a shutdown that leaves no time: does only what must not be lost. */
  dispose(): void {
    this.#stopDeciding();
    this.#metadata.dispose();
    this.#blackboard.dispose();
    this.#deps.lock.release();
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

  #onEvent(event: RunEventBody): void {
    if (event.type === 'phase.entered') {
      void this.#metadata.write();
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
    await learnDurations(this.#deps.workspaceRoot, this.state);
    await this.release();
    this.#deps.bus.publish('run.ended', this.#reference());
  }

  #publish(event: RunEventBody): void {
    const { bus, state } = this.#deps;
    const about = this.#reference();
    bus.publish('run.event', { ...about, seq: state.seq, at: state.now, event });
    if (event.type === 'policy.reported') {
      bus.publish('policy.reported', { ...about, ...event });
    }
  }

  #reference(): Pick<Topics['run.ended'], 'group' | 'run' | 'state'> {
    const { state } = this.#deps;
    return { group: state.plan.group, run: state.plan.run, state };
  }
}
