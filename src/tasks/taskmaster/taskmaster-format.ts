import { isObject } from '../../shared/json-object.ts';
import type { TaskFormat } from '../format/format.ts';
import { locateJson } from '../json/json-places.ts';
import { closingEdits } from './closing-edits.ts';
import { readTaskMaster } from './read-taskmaster.ts';
import { isLegacyPath, isTaskMasterPath, statePath, tagsOf, tasksPath } from './tags.ts';
import { taskMasterOutline } from './taskmaster-outline.ts';

/** Task Master's `.taskmaster/tasks/tasks.json`: every tag is a separate source, and one of them is shown. */
export const taskMasterFormat: TaskFormat = {
  name: 'Task Master',

  matches(path, text) {
    if (isTaskMasterPath(path)) {
      return !/^\s*\[/.test(text);
    }
    return /^\s*\{/.test(text) && !/\.(?:md|markdown)$/i.test(path) && looksTagged(path, text);
  },

  companions(path) {
    const state = statePath(path);
    return state === null ? [] : [state];
  },

  ownerOf: tasksPath,

  read: (text, path, beside) => readTaskMaster(text, path, beside?.[0] ?? null),

  edits: closingEdits,

  outline: taskMasterOutline,
};

/** Start of most files of the general JSON format; of Task Master's forms, only the older one starts like this. */
const UNTAGGED = /^\s*\{\s*"tasks"\s*:\s*\[/;

function looksTagged(path: string, text: string): boolean {
  if (!text.includes('"tasks"') || (UNTAGGED.test(text) && !isLegacyPath(path))) {
    return false;
  }
  const [first] = tagsOf(locateJson(text).root, path);
  if (first === undefined) {
    return false;
  }
  return first.name !== null || (isLegacyPath(path) && isLegacy(first.tasks.value));
}

/** Whether tasks have the older form: ids that are numbers, and sub-tasks. The general format shares its file name. */
function isLegacy(tasks: unknown): boolean {
  if (!Array.isArray(tasks)) {
    return false;
  }
  const elements: readonly unknown[] = tasks;
  return elements.some(
    (task) => isObject(task) && typeof task.id === 'number' && Array.isArray(task.subtasks),
  );
}
