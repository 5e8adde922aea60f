import { decide } from '../../coordinator/workflow/decide.ts';
import type { WorkflowEventBody } from '../../coordinator/workflow/events.ts';
import { evolveWorkflow } from '../../coordinator/workflow/evolve.ts';
import type { WorkflowState } from '../../coordinator/workflow/state.ts';
import type { Disposable } from '../../shared/disposable.ts';
import { Emitter } from '../../shared/emitter.ts';
import { t } from '../../shared/messages.ts';
import { SerialQueue } from '../../shared/serial-queue.ts';
import type { GroupLock } from '../../store/lock/group-lock.ts';
import type { WorkflowJournal } from '../../store/workflow/workflow-journal.ts';
import type { ConflictChoice } from '../contract/conflict-choice.ts';
import type { ActiveRun } from '../run/active-run.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { runStage } from './run-stage.ts';

/** What an execution of a workflow is put together from. */
export interface WorkflowDeps {
  readonly workspace: Workspace;
  readonly state: WorkflowState;
  readonly lock: GroupLock;
  readonly journal: WorkflowJournal;
  readonly conflicts: ConflictChoice | undefined;
}

/** A run of a workflow, and whether it `starts` or `goes on`. */
export interface StartedRun {
  readonly run: ActiveRun;
  readonly verb: string;
}

/** An execution of a workflow that this process coordinates: every event is on disk before anything comes of it. */
export class WorkflowRun implements Disposable {
  readonly #parts: WorkflowDeps;
  readonly #events = new Emitter<WorkflowEventBody>();
  readonly #runs = new Emitter<StartedRun>();
  #current: ActiveRun | null = null;
  readonly #queue = new SerialQueue();
  #suspended: string | null = null;
  #released = false;
  #resolveDone: () => void = () => undefined;

  /** Fires for every event once it is part of the state. */
  readonly onEvent = this.#events.subscribe;
  /** Fires for every run that starts or is gone on with. */
  readonly onRun = this.#runs.subscribe;
  /** Resolves when it is over, or when this process can do no more for it. */
  readonly done = new Promise<void>((resolve) => {
    this.#resolveDone = resolve;
  });

  constructor(parts: WorkflowDeps) {
    this.#parts = parts;
  }

  get state(): WorkflowState {
    return this.#parts.state;
  }

  /** Why it does not go on although it is not over; `null` = it does. */
  get suspended(): string | null {
    return this.#suspended;
  }

  /** Begins to decide; `done` tells the end. */
  start(): void {
    void this.#drive().finally(() => this.#close());
  }

  /** Stops it at once: what runs is stopped, nothing more is started. `by`: who asked, for the journal. */
  async cancel(by: string): Promise<void> {
    if (this.state.cancelled || this.state.ended !== null) {
      return;
    }
    await this.#record({ type: 'workflow.cancelled', by });
    if (this.#current?.state.ended === null) {
      this.#current.cancel(null, by);
    }
  }

  /** Lets go without ending anything: what runs goes on, and the workflow can be resumed. */
  dispose(): void {
    this.#released = true;
    void this.#parts.journal.close();
    this.#parts.lock.release();
    this.#resolveDone();
  }

  async #drive(): Promise<void> {
    await this.#goOn();
    for (let action = decide(this.state); action !== null; action = decide(this.state)) {
      if (this.#released || !(await this.#record(action))) {
        return;
      }
      await this.#goOn();
      if (this.#suspended !== null) {
        return;
      }
    }
  }

  /** Executes the stage that it stands at, if it is at one. */
  async #goOn(): Promise<void> {
    const { state, workspace, conflicts } = this.#parts;
    const passage = state.history.at(-1);
    if (state.position.kind !== 'running' || passage === undefined) {
      return;
    }
    const suspended = await runStage(
      {
        workspace,
        state,
        conflicts,
        record: (event) => this.#record(event),
        isCancelled: () => this.#released || state.cancelled,
        onRun: (run, verb) => this.#runStarted(run, verb),
      },
      passage,
    );
    this.#suspended ??= suspended;
  }

  #runStarted(run: ActiveRun, verb: string): void {
    this.#current = run;
    this.#runs.fire({ run, verb });
    if (this.state.cancelled) {
      run.cancel(null, this.#parts.workspace.options.label);
    }
  }

  /** One after the other: a cancellation can come at any moment. */
  #record(event: WorkflowEventBody): Promise<boolean> {
    return this.#queue.run(() => this.#recordNow(event));
  }

  async #recordNow(event: WorkflowEventBody): Promise<boolean> {
    const { journal, lock, state, workspace } = this.#parts;
    if (this.#released || this.#suspended !== null) {
      return false;
    }
    if (!(await lock.isStillMine())) {
      this.#suspended = t('Another window or command line goes on with the workflow.');
      return false;
    }
    const written = await journal.append(event, workspace.options.clock.now());
    if (!written.ok) {
      this.#suspended = written.failure;
      return false;
    }
    evolveWorkflow(state, written.value);
    this.#events.fire(event);
    return true;
  }

  async #close(): Promise<void> {
    await this.#queue.idle();
    await this.#parts.journal.close();
    this.dispose();
  }
}
