import type * as vscode from 'vscode';
import type { Plan, Problem } from '../../../coordinator/schema/task.ts';
import type { Folder } from '../../../host/window/folder.ts';
import type { OutlinedPlan } from '../plan/outlined-plan.ts';

/** A plan file whose problems are shown, with its text from the editor or from disk. */
export interface ProblemFile {
  readonly folder: Folder;
  readonly plan: Plan;
  /** Relative to the folder, with `/`. */
  readonly path: string;
  readonly uri: vscode.Uri;
  /** Without byte order mark; `null` if it cannot be read. */
  readonly text: string | null;
  /** The outline of the text; `null` if it has none. */
  readonly outlined: OutlinedPlan | null;
  /** Whether the text differs from the one that the plan was read from. */
  readonly edited: boolean;
  /** The plan's problems in this file. */
  readonly problems: readonly Problem[];
}
