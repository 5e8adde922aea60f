import * as vscode from 'vscode';
import type { Folder } from '../../../host/window/folder.ts';
import type { TaskKey } from '../../../shared/ids.ts';
import { findDependency } from '../plan/find-dependency.ts';
import { keyOf, type OutlinedPlan } from '../plan/outlined-plan.ts';
import { outline, type PlanDocument, type PlanDocuments, rangeOf } from '../plan/plan-documents.ts';

/** The location of a folder's task: its head in an open document, else its line. `null` if it is in no file. */
export function placeOf(
  folder: Folder,
  key: TaskKey,
  from: PlanDocument,
  plans: PlanDocuments,
): vscode.Location | null {
  const own = from.outlined.task(key);
  if (own !== undefined) {
    return new vscode.Location(from.document.uri, rangeOf(from.document, own.idSpan ?? own.head));
  }
  const task = folder.workspace.plans.current().tasks.get(key);
  const file = task === undefined ? null : folder.plans.fileOf(task);
  if (task === undefined || file === null) {
    return null;
  }
  const uri = vscode.Uri.joinPath(folder.uri, file);
  const open = openAt(uri);
  const found = open === undefined ? undefined : plans.of(open)?.outlined.task(key);
  return open === undefined || found === undefined
    ? new vscode.Location(uri, new vscode.Position(Math.max(0, task.place.line - 1), 0))
    : new vscode.Location(uri, rangeOf(open, found.idSpan ?? found.head));
}

/** Finds all dependencies on a task, in this document and in the other plans of its folder. */
export async function mentionsOf(
  key: TaskKey,
  from: PlanDocument,
): Promise<readonly vscode.Location[]> {
  const { folder, path, document, outlined } = from;
  const found = mentionsIn(outlined, document, key, folder);
  const plan = folder.workspace.plans.current();
  const files = new Set<string>();
  for (const task of plan.tasks.values()) {
    const file = task.dependencies.includes(key) ? folder.plans.fileOf(task) : null;
    if (file !== null && file !== path) {
      files.add(file);
    }
  }
  for (const file of files) {
    const uri = vscode.Uri.joinPath(folder.uri, file);
    const other = await vscode.workspace.openTextDocument(uri).then(undefined, () => undefined);
    const text = other === undefined ? null : outline(other.getText(), file);
    if (other !== undefined && text !== null) {
      found.push(...mentionsIn(text, other, key, folder));
    }
  }
  return found;
}

/** Finds all dependencies on a task in one document. */
export function mentionsIn(
  { tasks }: OutlinedPlan,
  document: vscode.TextDocument,
  key: TaskKey,
  folder: Folder,
): vscode.Location[] {
  const plan = folder.workspace.plans.current();
  return tasks.flatMap((task) =>
    task.dependencies
      .filter(({ written }) => findDependency(plan, task, written).key === key)
      .map(({ span }) => new vscode.Location(document.uri, rangeOf(document, span))),
  );
}

/** The task that a dependency or an id at a position names; `null` if there is none. */
export function namedAt(plan: PlanDocument, position: vscode.Position): TaskKey | null {
  const spot = plan.outlined.spotAt(plan.document.offsetAt(position));
  switch (spot?.kind) {
    case 'dependency':
      return findDependency(
        plan.folder.workspace.plans.current(),
        spot.task,
        spot.dependency.written,
      ).key;
    case 'id':
      return keyOf(spot.task);
    case 'group':
    case 'task':
    case undefined:
      return null;
  }
}

function openAt(uri: vscode.Uri): vscode.TextDocument | undefined {
  const name = uri.toString();
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === name);
}
