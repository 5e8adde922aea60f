import { sourceStatus } from '../../coordinator/plan/graph/source-status.ts';
import { findTask } from '../../coordinator/plan/identity.ts';
import { failure, success } from '../../shared/result.ts';
import { closeFailure } from '../format/close-failure.ts';
import type { TaskFormat } from '../format/format.ts';
import { epicFile } from './epic-file.ts';
import { type EpicTask, epicTask } from './epic-task.ts';
import { readEpicTask } from './read-epic-task.ts';
import { statusEdit } from './status-edit.ts';

/** The format of ccpm: one file with front matter per task; the epic's folder is the source. */
export const ccpmFormat: TaskFormat = {
  name: 'ccpm',

  matches: (path) => epicFile(path) !== null,

  read: readEpicTask,

  edits(text, path) {
    const task = epicTask(text, path);
    const candidates = task === null ? [] : [candidate(task)];
    return (wanted, status) => {
      const found = findTask(candidates, wanted);
      if (!found.ok) {
        return failure(closeFailure(found.failure, wanted));
      }
      const { matter, fields } = found.value.task;
      if (!matter.ok) {
        return failure(closeFailure('malformed', wanted));
      }
      // "Failed" and "cancelled" describe the run only: the file keeps its status from before.
      if (status !== 'completed' || sourceStatus(fields.status)?.status === 'completed') {
        return success('unchanged');
      }
      const edit = statusEdit(text, matter.value, fields.status);
      return edit === null ? failure(closeFailure('malformed', wanted)) : success(edit);
    };
  },
};

function candidate(task: EpicTask): {
  readonly task: EpicTask;
  readonly id: string;
  readonly fingerprint: string;
  readonly written: boolean;
} {
  return { task, id: task.file.id, fingerprint: task.fingerprint, written: true };
}
