import { parseTree } from 'jsonc-parser';
import { sourceStatus } from '../../coordinator/plan/graph/source-status.ts';
import { findTask, fingerprints } from '../../coordinator/plan/identity.ts';
import type { SourceId } from '../../shared/ids.ts';
import { failure, success } from '../../shared/result.ts';
import { closeFailure } from '../format/close-failure.ts';
import type { EditPlanner, TextEdit } from '../format/format.ts';
import { locateJson } from '../json/json-places.ts';
import { statusEdit } from '../json/status-edit.ts';
import { titlesOf } from './read-taskmaster.ts';
import { type TagTask, tagTasks } from './tag-tasks.ts';
import { tagsOf } from './tags.ts';

/**
 * Plans the edits that write `done` or `completed`. Task Master has no status for a failed task, and its `cancelled`
 * would let dependents start: such a task keeps its status.
 */
export function closingEdits(text: string, path: string): EditPlanner {
  const { root, faults } = locateJson(text);
  const tags = new Map(tagsOf(root, path).map((tag) => [tag.source, tagTasks(tag).tasks]));
  const word = wordOf([...tags.values()].flat());
  const candidates = new Map<SourceId, ReturnType<typeof candidatesOf>>();
  return (wanted, status) => {
    if (faults.length > 0) {
      return failure(closeFailure('malformed', wanted));
    }
    const own = candidates.get(wanted.source) ?? candidatesOf(tags.get(wanted.source) ?? []);
    candidates.set(wanted.source, own);
    const found = findTask(own, wanted);
    if (!found.ok) {
      return failure(closeFailure(found.failure, wanted));
    }
    const { task } = found.value;
    const now = sourceStatus(task.written.status ?? '')?.status;
    if (status !== 'completed' || now === 'completed') {
      return success('unchanged');
    }
    return success(statusIn(text, task, word));
  };
}

function candidatesOf(tasks: readonly TagTask[]) {
  const marks = fingerprints(titlesOf(tasks));
  return tasks.map((task, index) => ({
    task,
    id: task.id,
    fingerprint: marks[index] ?? '',
    written: true,
  }));
}

/** Returns the file's word for a finished task; Task Master itself writes `done`. */
function wordOf(tasks: readonly TagTask[]): string {
  const words = new Set(tasks.map(({ written }) => written.status?.trim().toLowerCase()));
  return words.has('completed') && !words.has('done') ? 'completed' : 'done';
}

/** Returns the edit of one task. Parses only that task with positions: the file around it can have megabytes. */
function statusIn(text: string, { place: { start, end } }: TagTask, word: string): TextEdit {
  const own = text.slice(start, end);
  const node = parseTree(own);
  if (node === undefined) {
    throw new Error('A task that was read has to be JSON.');
  }
  const edit = statusEdit(own, node, word);
  return { ...edit, offset: start + edit.offset };
}
