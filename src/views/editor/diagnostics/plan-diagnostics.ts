import { readFile, stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { Problem } from '../../../coordinator/schema/task.ts';
import type { Folder } from '../../../host/window/folder.ts';
import type { WindowModel } from '../../../host/window/window-model.ts';
import type { OutlinedPlan } from '../plan/outlined-plan.ts';
import { outline, type PlanDocuments } from '../plan/plan-documents.ts';
import { diagnosticsOf } from './problem-document.ts';

/** Delay that batches changes into one update, ms. */
const DRAW_MS = 150;
/** Debounce of edits, ms. */
const TYPING_MS = 400;
/** Largest file to outline, bytes; problems of larger files are located by line only. */
const LARGEST = 8_000_000;

/** Shows the problems of all plans, in the Problems view and at the text that they concern. */
export class PlanDiagnostics implements vscode.Disposable {
  readonly #windowModel: WindowModel;
  readonly #plans: PlanDocuments;
  readonly #log: vscode.LogOutputChannel;
  readonly #collection = vscode.languages.createDiagnosticCollection('parallelGroups');
  readonly #subscriptions: { dispose(): void }[];
  /** The inputs of each file's diagnostics, serialized. */
  readonly #shown = new Map<string, string>();
  #timer: NodeJS.Timeout | null = null;
  #queue: Promise<void> = Promise.resolve();
  #disposed = false;

  constructor(windowModel: WindowModel, plans: PlanDocuments, log: vscode.LogOutputChannel) {
    this.#windowModel = windowModel;
    this.#plans = plans;
    this.#log = log;
    const edited = (document: vscode.TextDocument): void => {
      if (plans.locate(document) !== null) {
        this.#scheduleDraw(TYPING_MS);
      }
    };
    this.#subscriptions = [
      this.#collection,
      windowModel.onChange(() => {
        this.#scheduleDraw(DRAW_MS);
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        edited(document);
      }),
      vscode.workspace.onDidOpenTextDocument(edited),
      // A closed document can no longer be located, so every one counts.
      vscode.workspace.onDidCloseTextDocument(() => {
        this.#scheduleDraw(DRAW_MS);
      }),
    ];
    this.#scheduleDraw(0);
  }

  dispose(): void {
    this.#disposed = true;
    if (this.#timer !== null) {
      clearTimeout(this.#timer);
    }
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  #scheduleDraw(ms: number): void {
    if (this.#timer !== null && ms < TYPING_MS) {
      // Run events do not postpone a pending update, because a run emits them continuously.
      return;
    }
    if (this.#timer !== null) {
      clearTimeout(this.#timer);
    }
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#queue = this.#queue
        .then(() => this.#draw())
        .catch((error: unknown) => {
          this.#log.error(error instanceof Error ? error : String(error));
        });
    }, ms);
  }

  async #draw(): Promise<void> {
    const present = new Set<string>();
    for (const folder of this.#windowModel.folders()) {
      const files = byFile(folder.workspace.plans.current().problems);
      for (const path of this.#edited(folder)) {
        // The latest edit may have caused the file's first problem.
        files.set(path, files.get(path) ?? []);
      }
      for (const [path, problems] of files) {
        const uri = vscode.Uri.joinPath(folder.uri, path);
        present.add(uri.toString());
        await this.#drawFile(folder, path, uri, problems);
      }
    }
    for (const file of [...this.#shown.keys()].filter((each) => !present.has(each))) {
      this.#shown.delete(file);
      this.#collection.delete(vscode.Uri.parse(file));
    }
  }

  /** The plans of a folder that have unsaved changes. */
  #edited(folder: Folder): readonly string[] {
    return vscode.workspace.textDocuments.flatMap((document) => {
      const file = document.isDirty ? this.#plans.locate(document) : null;
      return file?.folder === folder ? [file.path] : [];
    });
  }

  async #drawFile(
    folder: Folder,
    path: string,
    uri: vscode.Uri,
    problems: readonly Problem[],
  ): Promise<void> {
    const name = uri.toString();
    const open = vscode.workspace.textDocuments.find(
      (document) => document.uri.toString() === name && !document.isClosed,
    );
    const plan = folder.workspace.plans.current();
    // Text can move within its line without a change to the problem, so the hash counts too.
    const read = plan.sources.find((source) => source.file === path)?.hash ?? null;
    const edited = open?.isDirty ?? false;
    const inputs = JSON.stringify([open?.version ?? null, edited, read, problems]);
    if (this.#shown.get(name) === inputs || (await isFolder(uri.fsPath))) {
      return;
    }
    const text = open?.getText() ?? (await textOf(uri.fsPath));
    const outlined = this.#outlineOf(open, text, path);
    const file = { folder, plan, path, uri, text, outlined, edited, problems };
    if (this.#disposed) {
      return;
    }
    this.#shown.set(name, inputs);
    this.#collection.set(uri, diagnosticsOf(file));
  }

  /** Outlines a file; an open document shares its outline with all features. */
  #outlineOf(
    open: vscode.TextDocument | undefined,
    text: string | null,
    path: string,
  ): OutlinedPlan | null {
    if (open !== undefined) {
      return this.#plans.of(open)?.outlined ?? null;
    }
    return text === null ? null : outline(text, path);
  }
}

function byFile(problems: readonly Problem[]): Map<string, readonly Problem[]> {
  const found = new Map<string, Problem[]>();
  for (const problem of problems) {
    const known = found.get(problem.place.file);
    if (known === undefined) {
      found.set(problem.place.file, [problem]);
    } else {
      known.push(problem);
    }
  }
  return found;
}

/** Whether a path is a folder: the place of tasks that a tool stores, which no editor can open. */
async function isFolder(file: string): Promise<boolean> {
  return (await stat(file).catch(() => null))?.isDirectory() ?? false;
}

/** Reads a file as UTF-8 without byte order mark; `null` if it cannot be read or is too large. */
async function textOf(file: string): Promise<string | null> {
  try {
    const { size } = await stat(file);
    return size > LARGEST ? null : (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
  } catch {
    return null;
  }
}
