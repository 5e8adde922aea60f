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

/** A letter of one of the window's folders, with the keys that views use. */
export interface FolderDeadLetter {
  readonly folder: Folder;
  readonly letter: DeadLetter;
  readonly task: TaskKey;
  readonly group: GroupKey;
}

/** What was given up in the folders of the window, whichever process gave it up. */
export class GivenUp implements Disposable {
  readonly #session: WindowModel;
  readonly #actions: Pick<RunActions, 'run'>;
  readonly #changes = new Emitter<undefined>();
  readonly #letters = new Map<Folder, readonly DeadLetter[]>();
  readonly #following: readonly Disposable[];
  #shown: boolean | null = null;

  /** Fires whenever the letters may be others. */
  readonly onChange = this.#changes.subscribe;

  constructor(session: WindowModel, actions: Pick<RunActions, 'run'>) {
    this.#session = session;
    this.#actions = actions;
    this.#following = [
      forEachFolder(session, (folder) => this.#open(folder)),
      session.onChange(() => {
        this.#changed();
      }),
    ];
  }

  /** In the order of the folders. */
  deadLetters(): readonly FolderDeadLetter[] {
    return this.#session.folders().flatMap((folder) =>
      (this.#letters.get(folder) ?? []).map((letter) => ({
        folder,
        letter,
        task: asTaskKey(folder.prefix + letter.task.key),
        group: asGroupKey(folder.prefix + letter.group),
      })),
    );
  }

  /** Tries these tasks again, a run for each group; says of the others why not. */
  async retry(tasks: readonly TaskKey[]): Promise<void> {
    const { planRetries } = await import('./dead-letters.ts');
    const wanted = new Set(tasks);
    const problems: string[] = [];
    for (const folder of this.#session.folders()) {
      const { workspace, prefix } = folder;
      const letters = this.deadLetters().filter(
        (each) => each.folder === folder && wanted.has(each.task),
      );
      const plan = planRetries(
        letters.map(({ letter }) => letter),
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

  /** Forgets that these tasks were given up. The plan and the runs stay as they are. */
  async dismiss(tasks: readonly TaskKey[]): Promise<void> {
    const { removeDeadLetter } = await import('./dead-letters.ts');
    const wanted = new Set(tasks);
    for (const { folder, letter, task } of this.deadLetters()) {
      const removed = wanted.has(task)
        ? await removeDeadLetter(folder.workspace.root, letter.task.key)
        : { ok: true as const };
      if (!removed.ok) {
        void vscode.window.showWarningMessage(removed.failure.message);
      }
    }
  }

  dispose(): void {
    disposeAll(this.#following);
  }

  /** The shapes of letters have no part in the start of the window. */
  #open(folder: Folder): Disposable {
    let following: Disposable | null = null;
    let closed = false;
    void import('./dead-letters.ts').then(({ followDeadLetters: followLetters }) => {
      following = closed
        ? null
        : followLetters(folder.workspace, (letters) => {
            this.#letters.set(folder, letters);
            this.#changed();
          });
    });
    return {
      dispose: () => {
        closed = true;
        following?.dispose();
        this.#letters.delete(folder);
      },
    };
  }

  #changed(): void {
    const shown = this.deadLetters().length > 0;
    if (shown !== this.#shown) {
      this.#shown = shown;
      void vscode.commands.executeCommand('setContext', CONTEXT_KEYS.hasGivenUp, shown);
    }
    this.#changes.fire(undefined);
  }
}
