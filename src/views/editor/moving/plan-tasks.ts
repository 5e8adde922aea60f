import * as vscode from 'vscode';
import type { Folder } from '../../../host/window/folder.ts';
import type { WindowModel } from '../../../host/window/window-model.ts';
import type { SourceId, TaskKey } from '../../../shared/ids.ts';
import { failure, type Result, success } from '../../../shared/result.ts';
import type { TaskIdentity } from '../../../tasks/format/format.ts';

/** A task of a plan file, identified within its folder. */
export interface PlanTask extends TaskIdentity {
  readonly folder: Folder;
  readonly uri: vscode.Uri;
  /** Relative to the folder, with `/`. */
  readonly path: string;
}

/** Returns the tasks of these keys, which are keys of views. Fails with a sentence if a task is in no file. */
export function planTasks(
  windowModel: WindowModel,
  keys: readonly TaskKey[],
): Result<readonly PlanTask[], string> {
  const tasks: PlanTask[] = [];
  for (const key of new Set(keys)) {
    const folder = windowModel.folderOf(key);
    const task = folder?.plans.current().tasks.get(windowModel.localTask(key));
    if (folder === null || task === undefined) {
      return failure(
        vscode.l10n.t('“{0}” is in no plan any more. Refresh the view and try again.', key),
      );
    }
    const { source, id, fingerprint } = task;
    const path = folder.plans.fileOf({ source, id, fingerprint });
    if (path === null) {
      return failure(storedByTool(source, id));
    }
    const uri = vscode.Uri.joinPath(folder.uri, path);
    tasks.push({ folder, uri, path, source, id, fingerprint });
  }
  return success(tasks);
}

function storedByTool(source: SourceId, id: string): string {
  return vscode.l10n.t(
    '“{0}” stands in no file: {1} is kept by a tool. Its groups are labels there: bd label add {2} parallel:<group>, and bd label remove {3} parallel:<group>.',
    id,
    source,
    id,
    id,
  );
}
