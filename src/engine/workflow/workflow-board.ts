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

/** A workflow of another process is looked at again when it is shown, but not more often, ms. */
const LOOK_MS = 1000;

interface Seen {
  view: WorkflowView | null;
  size: number | null;
  at: number;
  looking: boolean;
}

/** The workflows of a workspace as its views know them: those that this process carries out, and others' by their journals. */
export class WorkflowBoard implements Disposable {
  readonly #workspace: Workspace;
  readonly #held = new Map<string, WorkflowRun>();
  readonly #seen = new Map<string, Seen>();
  readonly #changes = new Emitter<undefined>();
  #disposed = false;

  /** Fires whenever a workflow may look different. */
  readonly onChange = this.#changes.subscribe;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /** Every workflow, with what its stages would run now. */
  outlooks(): WorkflowOutlook[] {
    return workflowOutlooks(this.#workspace);
  }

  /** The unfinished executions that nobody carries out. */
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

  /** Starts a workflow; it goes on by itself. */
  async start(name: string, options: WorkflowOptions): Promise<Result<WorkflowRun, RunRefusal>> {
    return this.#hold(await startWorkflow(this.#workspace, name, options));
  }

  /** Goes on with a workflow that was interrupted. */
  async resume(name: string): Promise<Result<WorkflowRun, RunRefusal>> {
    return this.#hold(await resumeWorkflow(this.#workspace, name));
  }

  /** The workflow that a run is part of; `null` while it was not read yet, or if it cannot be. */
  view(part: StagePart): WorkflowView | null {
    const held = this.#held.get(part.id);
    if (held !== undefined) {
      return projectWorkflow(held.state, true);
    }
    const seen = this.#seen.get(part.id) ?? { view: null, size: null, at: 0, looking: false };
    this.#seen.set(part.id, seen);
    void this.#look(part, seen);
    return seen.view;
  }

  /** Lets go of every workflow without ending anything: each can be resumed. */
  dispose(): void {
    this.#disposed = true;
    for (const run of this.#held.values()) {
      run.dispose();
    }
  }

  #hold(begun: Result<WorkflowRun, RunRefusal>): Result<WorkflowRun, RunRefusal> {
    if (begun.ok) {
      const run = begun.value;
      const { id } = run.state;
      this.#held.set(id, run);
      run.onEvent(() => {
        this.#changes.fire(undefined);
      });
      void run.done.then(() => {
        this.#held.delete(id);
        this.#seen.set(id, {
          view: projectWorkflow(run.state, false),
          size: null,
          at: 0,
          looking: false,
        });
        this.#changes.fire(undefined);
      });
    }
    return begun;
  }

  async #look(part: StagePart, seen: Seen): Promise<void> {
    const directory = workflowDirectory(this.#workspace.root, part.workflow);
    const file = workflowFile(directory, asRunId(part.id));
    const now = Date.now();
    const size = workflowFileSize(file);
    const isOver = seen.view !== null && !['running', 'interrupted'].includes(seen.view.state);
    const isCurrent = size === seen.size && (isOver || now - seen.at < LOOK_MS);
    if (seen.looking || isCurrent || size === null) {
      return;
    }
    seen.looking = true;
    const read = await readWorkflow(file);
    const lock = await readLock(directory);
    const state = read.ok ? replayWorkflow(read.value.events) : null;
    const view = state === null ? null : projectWorkflow(state, lock.kind === 'held');
    const isNews = !isSame(seen.view, view);
    Object.assign(seen, { size, at: now, looking: false, view });
    if (isNews && !this.#disposed) {
      this.#changes.fire(undefined);
    }
  }
}
