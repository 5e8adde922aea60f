import { replayWorkflow } from '../../coordinator/workflow/evolve.ts';
import { projectWorkflow } from '../../coordinator/workflow/project-workflow.ts';
import type { Disposable } from '../../shared/disposable.ts';
import { Emitter } from '../../shared/emitter.ts';
import { asRunId } from '../../shared/ids.ts';
import type { Result } from '../../shared/result.ts';
import { isSame } from '../../shared/same.ts';
import type { StagePart, WorkflowView } from '../../shared/view-models/workflow-view.ts';
import { readLock } from '../../store/lock/group-lock.ts';
import {
  readWorkflow,
  workflowDirectory,
  workflowFile,
  workflowFileSize,
} from '../../store/workflow/workflow-journal.ts';
import type { RunRefusal } from '../contract/run-refusal.ts';
import type { Workspace } from '../workspace/workspace.ts';
import {
  resumeWorkflow,
  startWorkflow,
  unfinishedWorkflow,
  type WorkflowOptions,
  type WorkflowOutlook,
  workflowOutlooks,
} from './run-workflow.ts';
import type { WorkflowRun } from './workflow-run.ts';

/** Minimum time between two refreshes of a shown workflow of another process, ms. */
const REFRESH_MS = 1000;

/** The last known view of a workflow, with the journal's size (bytes) and the time (ms) when it was read. */
interface ObservedWorkflow {
  view: WorkflowView | null;
  size: number | null;
  at: number;
  refreshing: boolean;
}

/**
 * The workflows of a workspace for its views: those that this process executes, and those of other processes, read from
 * their journals.
 */
export class WorkflowBoard implements Disposable {
  readonly #workspace: Workspace;
  readonly #ownRuns = new Map<string, WorkflowRun>();
  readonly #observed = new Map<string, ObservedWorkflow>();
  readonly #changes = new Emitter<undefined>();
  #disposed = false;

  /** Fires whenever the view of a workflow may have changed. */
  readonly onChange = this.#changes.subscribe;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /** Lists all workflows, with the tasks that their stages would run now. */
  outlooks(): WorkflowOutlook[] {
    return workflowOutlooks(this.#workspace);
  }

  /** Returns the unfinished executions that no process coordinates. */
  async interrupted(): Promise<WorkflowView[]> {
    const views: WorkflowView[] = [];
    for (const { name } of this.outlooks()) {
      const unfinished = await unfinishedWorkflow(this.#workspace, name);
      const lock = await readLock(workflowDirectory(this.#workspace.root, name));
      if (unfinished !== null && lock.kind === 'free') {
        views.push(projectWorkflow(unfinished.state, false));
      }
    }
    return views;
  }

  /** Starts a workflow, which then runs on its own. */
  async start(name: string, options: WorkflowOptions): Promise<Result<WorkflowRun, RunRefusal>> {
    return this.#track(await startWorkflow(this.#workspace, name, options));
  }

  /** Resumes an interrupted workflow. */
  async resume(name: string): Promise<Result<WorkflowRun, RunRefusal>> {
    return this.#track(await resumeWorkflow(this.#workspace, name));
  }

  /** Returns the workflow that a run is part of; `null` if it is not read yet or not readable. */
  view(part: StagePart): WorkflowView | null {
    const own = this.#ownRuns.get(part.id);
    if (own !== undefined) {
      return projectWorkflow(own.state, true);
    }
    const observed = this.#observed.get(part.id) ?? {
      view: null,
      size: null,
      at: 0,
      refreshing: false,
    };
    this.#observed.set(part.id, observed);
    void this.#refresh(part, observed);
    return observed.view;
  }

  /** Releases all workflows without ending anything: each can be resumed. */
  dispose(): void {
    this.#disposed = true;
    for (const run of this.#ownRuns.values()) {
      run.dispose();
    }
  }

  #track(started: Result<WorkflowRun, RunRefusal>): Result<WorkflowRun, RunRefusal> {
    if (started.ok) {
      const run = started.value;
      const { id } = run.state;
      this.#ownRuns.set(id, run);
      run.onEvent(() => {
        this.#changes.fire(undefined);
      });
      void run.done.then(() => {
        this.#ownRuns.delete(id);
        this.#observed.set(id, {
          view: projectWorkflow(run.state, false),
          size: null,
          at: 0,
          refreshing: false,
        });
        this.#changes.fire(undefined);
      });
    }
    return started;
  }

  async #refresh(part: StagePart, observed: ObservedWorkflow): Promise<void> {
    const directory = workflowDirectory(this.#workspace.root, part.workflow);
    const file = workflowFile(directory, asRunId(part.id));
    const now = Date.now();
    const size = workflowFileSize(file);
    const isOver =
      observed.view !== null && !['running', 'interrupted'].includes(observed.view.state);
    const isCurrent = size === observed.size && (isOver || now - observed.at < REFRESH_MS);
    if (observed.refreshing || isCurrent || size === null) {
      return;
    }
    observed.refreshing = true;
    const read = await readWorkflow(file);
    const lock = await readLock(directory);
    const state = read.ok ? replayWorkflow(read.value.events) : null;
    const view = state === null ? null : projectWorkflow(state, lock.kind === 'held');
    const hasChanged = !isSame(observed.view, view);
    Object.assign(observed, { size, at: now, refreshing: false, view });
    if (hasChanged && !this.#disposed) {
      this.#changes.fire(undefined);
    }
  }
}
