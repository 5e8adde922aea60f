import * as vscode from 'vscode';
import type { DeadLetter } from '../../coordinator/projections/dead-letter.ts';
import { type Disposable, disposeAll } from '../../shared/disposable.ts';
import { Emitter } from '../../shared/emitter.ts';
import { asGroupKey, asTaskKey, type GroupKey, type TaskKey } from '../../shared/ids.ts';
import { CONTEXT_KEYS } from '../../shared/manifest.ts';
import { forEachFolder } from '../window/each-folder.ts';
import type { Folder } from '../window/folder.ts';
import type { WindowModel } from '../window/window-model.ts';
import type { RunActions } from './run-actions.ts';

/** A dead letter of one of the window's folders, with the keys that the views use. */
export interface FolderDeadLetter {
  readonly folder: Folder;
  readonly deadLetter: DeadLetter;
  readonly task: TaskKey;
  readonly group: GroupKey;
}

/** The given-up tasks of the window's folders, regardless of which process gave them up. */
export class GivenUp implements Disposable {
  readonly #model: WindowModel;
  readonly #actions: Pick<RunActions, 'run'>;
  readonly #changes = new Emitter<undefined>();
  readonly #byFolder = new Map<Folder, readonly DeadLetter[]>();
  readonly #subscriptions: readonly Disposable[];
  #hasGivenUp: boolean | null = null;

  /** Fires whenever the dead letters may have changed. */
  readonly onChange = this.#changes.subscribe;

  constructor(model: WindowModel, actions: Pick<RunActions, 'run'>) {
    this.#model = model;
    this.#actions = actions;
    this.#subscriptions = [
      forEachFolder(model, (folder) => this.#open(folder)),
      model.onChange(() => {
        this.#changed();
      }),
    ];
  }

  /** All dead letters, in the order of the folders. */
  deadLetters(): readonly FolderDeadLetter[] {
    return this.#model.folders().flatMap((folder) =>
      (this.#byFolder.get(folder) ?? []).map((deadLetter) => ({
        folder,
        deadLetter,
        task: asTaskKey(folder.prefix + deadLetter.task.key),
        group: asGroupKey(folder.prefix + deadLetter.group),
      })),
    );
  }

  /** Retries these tasks with one run for each group, and warns why others cannot be retried. */
  async retry(tasks: readonly TaskKey[]): Promise<void> {
    const { planRetries } = await import('./dead-letters.ts');
    const wanted = new Set(tasks);
    const problems: string[] = [];
    for (const folder of this.#model.folders()) {
      const { workspace, prefix } = folder;
      const selected = this.deadLetters().filter(
        (each) => each.folder === folder && wanted.has(each.task),
      );
      const plan = planRetries(
        selected.map(({ deadLetter }) => deadLetter),
        {
          plan: workspace.plans.current(),
          previous: (group) => workspace.runs.newestOf(group)?.state ?? null,
        },
      );
      problems.push(...plan.problems);
      if (plan.retries.length > 0) {
        await workspace.agents.trySignInsAgain();
      }
      for (const { group, only } of plan.retries) {
        await this.#actions.run(asGroupKey(prefix + group), false, only);
      }
    }
    if (problems.length > 0) {
      void vscode.window.showWarningMessage(problems.join(' '));
    }
  }

  /** Removes the dead letters of these tasks. Does not change the plan and the runs. */
  async dismiss(tasks: readonly TaskKey[]): Promise<void> {
    const { removeDeadLetter } = await import('./dead-letters.ts');
    const wanted = new Set(tasks);
    for (const { folder, deadLetter, task } of this.deadLetters()) {
      const removed = wanted.has(task)
        ? await removeDeadLetter(folder.workspace.root, deadLetter.task.key)
        : { ok: true as const };
      if (!removed.ok) {
        void vscode.window.showWarningMessage(removed.failure.message);
      }
    }
  }

  dispose(): void {
    disposeAll(this.#subscriptions);
  }

  /** Loads the schemas of dead letters on demand, to keep them out of the window's startup. */
  #open(folder: Folder): Disposable {
    let subscription: Disposable | null = null;
    let disposed = false;
    void import('./dead-letters.ts').then(({ followDeadLetters }) => {
      subscription = disposed
        ? null
        : followDeadLetters(folder.workspace, (deadLetters) => {
            this.#byFolder.set(folder, deadLetters);
            this.#changed();
          });
    });
    return {
      dispose: () => {
        disposed = true;
        subscription?.dispose();
        this.#byFolder.delete(folder);
      },
    };
  }

  #changed(): void {
    const hasGivenUp = this.deadLetters().length > 0;
    if (hasGivenUp !== this.#hasGivenUp) {
      this.#hasGivenUp = hasGivenUp;
      void vscode.commands.executeCommand('setContext', CONTEXT_KEYS.hasGivenUp, hasGivenUp);
    }
    this.#changes.fire(undefined);
  }
}
