import { sourceStatus } from '../../coordinator/plan/graph/source-status.ts';
import { findTask } from '../../coordinator/plan/identity.ts';
import { failure, success } from '../../shared/result.ts';
import { closeFailure } from '../format/close-failure.ts';
import type { ClosingStatus, TaskFormat } from '../format/format.ts';
import { jsonOutline } from './json-outline.ts';
import { entryFingerprints, readJson } from './read-json.ts';
import { statusEdit } from './status-edit.ts';
import { taskEntries, type TaskEntry } from './task-entries.ts';

/** JSON task files: `[…]` or `{"tasks": […]}`. */
export const jsonFormat: TaskFormat = {
  name: 'JSON',

  matches(path, text) {
    if (/\.jsonc?$/i.test(path)) {
      return true;
    }
    return !/\.(?:md|markdown)$/i.test(path) && /^\s*(?:\[\s*[{\]]|\{)/.test(text);
  },

  read: readJson,

  outline: jsonOutline,

  edits(text) {
    const { entries, faults } = taskEntries(text);
    const titleFingerprints = entryFingerprints(entries);
    const candidates = entries.map((entry, index) => ({
      entry,
      id: entry.task.id,
      fingerprint: titleFingerprints[index] ?? '',
      written: true,
    }));
    return (wanted, status) => {
      if (faults.length > 0) {
        return failure(closeFailure('malformed', wanted));
      }
      const found = findTask(candidates, wanted);
      if (!found.ok) {
        return failure(closeFailure(found.failure, wanted));
      }
      const { node, task } = found.value.entry;
      if (sourceStatus(task.status ?? '')?.status === status) {
        return success('unchanged');
      }
      return success(statusEdit(text, node, wordFor(status, entries)));
    };
  },
};

/** Returns the word for a status; for `completed`, the word that the file already uses (`done` or `closed`). */
function wordFor(status: ClosingStatus, entries: readonly TaskEntry[]): string {
  if (status !== 'completed') {
    return status;
  }
  const words = entries.map(({ task }) => task.status?.trim().toLowerCase());
  const used = ['completed', 'done', 'closed'].find((word) => words.includes(word));
  return used ?? 'completed';
}
