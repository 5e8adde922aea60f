import * as vscode from 'vscode';
import type { Span } from '../../../coordinator/plan/markers/marked-text.ts';
import type { Folder } from '../../../host/window/folder.ts';
import type { WindowModel } from '../../../host/window/window-model.ts';
import { asTaskKey, type TaskKey } from '../../../shared/ids.ts';
import { outlineOf } from '../../../tasks/read/outline-of.ts';
import { OutlinedPlan } from './outlined-plan.ts';

/** Longer texts are left without language features: an outline at every pause in typing would hold up the editor. */
const LONGEST = 4_000_000;

/** The documents in which plans may stand; whether one does is asked of its folder. */
export const SELECTOR: vscode.DocumentSelector = [
  ...['markdown', 'json', 'jsonc', 'plaintext'].map((language) => ({ scheme: 'file', language })),
  { scheme: 'file', pattern: '**/*.{md,json}' },
];

/** A document that is a plan, as it is in the editor now. */
export interface PlanDocument {
  readonly document: vscode.TextDocument;
  readonly folder: Folder;
  /** Relative to the folder, with `/`. */
  readonly path: string;
  readonly outlined: OutlinedPlan;
}

/** The range of a span of a document. */
export function rangeOf(document: vscode.TextDocument, { start, end }: Span): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}

/** The key that a task of the folder has in views. */
export function viewKey(folder: Folder, key: TaskKey): TaskKey {
  return asTaskKey(folder.prefix + key);
}

interface Kept {
  readonly version: number;
  readonly path: string;
  readonly outlined: OutlinedPlan | null;
}

/** Outlines documents, each once for every version and all features. */
export class PlanDocuments {
  readonly #session: WindowModel;
  readonly #kept = new WeakMap<vscode.TextDocument, Kept>();

  constructor(session: WindowModel) {
    this.#session = session;
  }

  /** Where a document belongs, whatever stands in it; `null` if it is no plan. */
  locate(document: vscode.TextDocument): { readonly folder: Folder; readonly path: string } | null {
    const file = document.isClosed ? null : this.#session.fileOf(document.uri);
    return file?.folder.plans.isPlan(file.path) === true ? file : null;
  }

  /** `null` if it is no plan, or none whose format has an outline. */
  of(document: vscode.TextDocument): PlanDocument | null {
    const file = this.locate(document);
    if (file === null) {
      return null;
    }
    const known = this.#kept.get(document);
    const { version } = document;
    if (known?.version === version && known.path === file.path) {
      return known.outlined === null ? null : { ...file, document, outlined: known.outlined };
    }
    const outlined = outline(document.getText(), file.path);
    this.#kept.set(document, { version, path: file.path, outlined });
    return outlined === null ? null : { ...file, document, outlined };
  }

  /** The plans that can be seen, each once. */
  visible(): readonly PlanDocument[] {
    const documents = new Set(vscode.window.visibleTextEditors.map(({ document }) => document));
    return [...documents].flatMap((document) => this.of(document) ?? []);
  }
}

/** The outline of a text; `null` where it has none, or is too long for one. */
export function outline(text: string, path: string): OutlinedPlan | null {
  const found = text.length > LONGEST ? null : outlineOf(text, path);
  return found === null ? null : new OutlinedPlan(found);
}
