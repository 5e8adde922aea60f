import * as vscode from 'vscode';
import type { Span } from '../../../coordinator/plan/markers/marked-text.ts';
import type { Folder } from '../../../host/window/folder.ts';
import type { WindowModel } from '../../../host/window/window-model.ts';
import { asTaskKey, type TaskKey } from '../../../shared/ids.ts';
import { outlineOf } from '../../../tasks/read/outline-of.ts';
import { OutlinedPlan } from './outlined-plan.ts';

/** Longest text with language features, characters; outlining a longer one at each pause in typing is too slow. */
const LONGEST = 4_000_000;

/** The documents that can be plans; the folder of a document decides whether it is one. */
export const SELECTOR: vscode.DocumentSelector = [
  ...['markdown', 'json', 'jsonc', 'plaintext'].map((language) => ({ scheme: 'file', language })),
  { scheme: 'file', pattern: '**/*.{md,json}' },
];

/** A document that is a plan, with its current text in the editor. */
export interface PlanDocument {
  readonly document: vscode.TextDocument;
  readonly folder: Folder;
  /** Relative to the folder, with `/`. */
  readonly path: string;
  readonly outlined: OutlinedPlan;
}

/** Converts a span of a document to a range. */
export function rangeOf(document: vscode.TextDocument, { start, end }: Span): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}

/** The key of a folder's task in views. */
export function viewKey(folder: Folder, key: TaskKey): TaskKey {
  return asTaskKey(folder.prefix + key);
}

interface CachedOutline {
  readonly version: number;
  readonly path: string;
  readonly outlined: OutlinedPlan | null;
}

/** Outlines documents, once per version and shared by all features. */
export class PlanDocuments {
  readonly #windowModel: WindowModel;
  readonly #cache = new WeakMap<vscode.TextDocument, CachedOutline>();

  constructor(windowModel: WindowModel) {
    this.#windowModel = windowModel;
  }

  /** The folder and path of a document, regardless of its text; `null` if it is not a plan. */
  locate(document: vscode.TextDocument): { readonly folder: Folder; readonly path: string } | null {
    const file = document.isClosed ? null : this.#windowModel.fileOf(document.uri);
    return file?.folder.plans.isPlan(file.path) === true ? file : null;
  }

  /** Returns a document with its outline; `null` if it is not a plan or its format has no outline. */
  of(document: vscode.TextDocument): PlanDocument | null {
    const file = this.locate(document);
    if (file === null) {
      return null;
    }
    const known = this.#cache.get(document);
    const { version } = document;
    if (known?.version === version && known.path === file.path) {
      return known.outlined === null ? null : { ...file, document, outlined: known.outlined };
    }
    const outlined = outline(document.getText(), file.path);
    this.#cache.set(document, { version, path: file.path, outlined });
    return outlined === null ? null : { ...file, document, outlined };
  }

  /** The plans in visible editors, without duplicates. */
  visible(): readonly PlanDocument[] {
    const documents = new Set(vscode.window.visibleTextEditors.map(({ document }) => document));
    return [...documents].flatMap((document) => this.of(document) ?? []);
  }
}

/** Outlines a text; `null` if its format has no outline or the text is too long. */
export function outline(text: string, path: string): OutlinedPlan | null {
  const found = text.length > LONGEST ? null : outlineOf(text, path);
  return found === null ? null : new OutlinedPlan(found);
}
