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

/** The dependencies of a `WorkflowRun`. */
export interface WorkflowDeps {
  readonly workspace: Workspace;
  readonly state: WorkflowState;
  readonly lock: GroupLock;
  readonly journal: WorkflowJournal;
  readonly conflicts: ConflictChoice | undefined;
}

/** A run of a workflow. `verb` is its start or resumption as a word for the user. */
export interface StartedRun {
  readonly run: ActiveRun;
  readonly verb: string;
}

/** An execution of a workflow that this process coordinates. Every event is on disk before it has any effect. */
export class WorkflowRun implements Disposable {
  readonly #deps: WorkflowDeps;
  readonly #events = new Emitter<WorkflowEventBody>();
  readonly #runs = new Emitter<StartedRun>();
  #activeRun: ActiveRun | null = null;
  readonly #queue = new SerialQueue();
  #suspended: string | null = null;
  #released = false;
  #resolveDone: () => void = () => undefined;

  /** Fires for every event once it is part of the state. */
  readonly onEvent = this.#events.subscribe;
  /** Fires for every run that starts or resumes. */
  readonly onRun = this.#runs.subscribe;
  /** Resolves when the execution has ended or this process cannot continue it. */
  readonly done = new Promise<void>((resolve) => {
    this.#resolveDone = resolve;
  });

  constructor(deps: WorkflowDeps) {
    this.#deps = deps;
  }

  get state(): WorkflowState {
    return this.#deps.state;
  }

  /** The reason why an unfinished execution does not continue; `null` if it does. */
  get suspended(): string | null {
    return this.#suspended;
  }

  /** Starts the decision loop. `done` resolves at its end. */
  start(): void {
    void this.#runToEnd().finally(() => this.#close());
  }

  /** Cancels the execution at once: stops its active run and starts no other. `by`: the requester, for the journal. */
  async cancel(by: string): Promise<void> {
    if (this.state.cancelled || this.state.ended !== null) {
      return;
    }
    await this.#record({ type: 'workflow.cancelled', by });
    if (this.#activeRun?.state.ended === null) {
      this.#activeRun.cancel(null, by);
    }
  }

  /** Releases the execution without ending anything: its active run continues, and the workflow can be resumed. */
  dispose(): void {
    this.#released = true;
    void this.#deps.journal.close();
    this.#deps.lock.release();
    this.#resolveDone();
  }

  async #runToEnd(): Promise<void> {
    await this.#runCurrentStage();
    for (let action = decide(this.state); action !== null; action = decide(this.state)) {
      if (this.#released || !(await this.#record(action))) {
        return;
      }
      await this.#runCurrentStage();
      if (this.#suspended !== null) {
        return;
      }
    }
  }

  /** Executes the current stage, if there is one. */
  async #runCurrentStage(): Promise<void> {
    const { state, workspace, conflicts } = this.#deps;
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
        onRun: (run, verb) => this.#onRunStarted(run, verb),
      },
      passage,
    );
    this.#suspended ??= suspended;
  }

  #onRunStarted(run: ActiveRun, verb: string): void {
    this.#activeRun = run;
    this.#runs.fire({ run, verb });
    if (this.state.cancelled) {
      run.cancel(null, this.#deps.workspace.options.label);
    }
  }

  /** Records events one at a time, because a cancellation can arrive at any moment. */
  #record(event: WorkflowEventBody): Promise<boolean> {
    return this.#queue.run(() => this.#append(event));
  }

  async #append(event: WorkflowEventBody): Promise<boolean> {
    const { journal, lock, state, workspace } = this.#deps;
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
    await this.#deps.journal.close();
    this.dispose();
  }
}
