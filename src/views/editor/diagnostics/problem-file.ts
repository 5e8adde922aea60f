import type * as vscode from 'vscode';
import type { Plan, Problem } from '../../../coordinator/schema/task.ts';
import type { Folder } from '../../../host/window/folder.ts';
import type { OutlinedPlan } from '../plan/outlined-plan.ts';

/** A plan file whose problems are to be shown, as it is in its editor or on disk. */
export interface ProblemFile {
  readonly folder: Folder;
  readonly plan: Plan;
  /** Relative to the folder, with `/`. */
  readonly path: string;
  readonly uri: vscode.Uri;
  /** Without byte order mark; `null` if it cannot be read. */
  readonly text: string | null;
  /** Of the text; `null` where there is none. */
  readonly outlined: OutlinedPlan | null;
  /** Whether the text is another one than the plan was read from. */
  readonly edited: boolean;
  /** Those of the plan in this file. */
  readonly problems: readonly Problem[];
}
