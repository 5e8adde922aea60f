import * as vscode from 'vscode';
import type { Span } from '../../../coordinator/plan/markers/marked-text.ts';
import type { Problem, Task } from '../../../coordinator/schema/task.ts';
import type { TaskKey } from '../../../shared/ids.ts';
import { edgeBetween, type ProblemText } from './closer-place.ts';
import type { ProblemFile } from './problem-file.ts';

/** Related information of a problem. */
export interface Related {
  readonly message: string;
  readonly uri: vscode.Uri;
  /** A span in the problem's own text, else a line (1-based). */
  readonly at: Span | number;
}

/** The most items to list, to keep the list readable. */
const MOST = 20;

/** The other tasks that a problem concerns, each with its place. */
export function related(
  problem: Problem,
  file: ProblemFile,
  text: ProblemText | null,
): readonly Related[] {
  const { tasks = [], code } = problem;
  if (code === 'duplicate-id') {
    return at(tasks[0], file, text, ({ title }) => `“${title}” has this id already`);
  }
  if (code === 'dependency-cycle') {
    return tasks.slice(0, MOST).flatMap((key, index) => {
      const next = tasks[index + 1] ?? tasks[0];
      const name = next === undefined ? '' : (file.plan.tasks.get(next)?.id ?? next);
      return at(key, file, text, ({ id }) => `“${id}” depends on “${name}”`, next);
    });
  }
  if (code === 'shared-file') {
    return tasks
      .slice(0, MOST)
      .flatMap((key) => at(key, file, text, ({ id, title }) => `${id} ${title}`));
  }
  return [];
}

function at(
  key: TaskKey | undefined,
  file: ProblemFile,
  text: ProblemText | null,
  describe: (task: Task) => string,
  edgeTo?: TaskKey,
): readonly Related[] {
  const task = key === undefined ? undefined : file.plan.tasks.get(key);
  if (task === undefined) {
    return [];
  }
  const message = describe(task);
  if (task.place.file !== file.path) {
    const uri = vscode.Uri.joinPath(file.folder.uri, task.place.file);
    return [{ message, uri, at: task.place.line }];
  }
  const outlined = text?.outlined.task(task.key);
  const edge =
    outlined === undefined || edgeTo === undefined
      ? undefined
      : edgeBetween(outlined, edgeTo, file.plan);
  return [{ message, uri: file.uri, at: edge?.span ?? outlined?.head ?? task.place.line }];
}
