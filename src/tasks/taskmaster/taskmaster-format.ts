import type { TaskFormat } from '../format/format.ts';
import { isObject, locateJson } from '../json/json-places.ts';
import { closingEdits } from './closing-edits.ts';
import { readTaskMaster } from './read-taskmaster.ts';
import { isLegacyPath, isTaskMasterPath, statePath, tagsOf, tasksPath } from './tags.ts';
import { taskMasterOutline } from './taskmaster-outline.ts';

/** Task Master's `.taskmaster/tasks/tasks.json`: every tag is a source of its own, and one is shown. */
export const taskMasterFormat: TaskFormat = {
  name: 'taskmaster',

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

/** How most files of the general form begin; only the older form of ours begins so too. */
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

/** Numbers for ids and sub-tasks: the older form; the general one shares its name. */
function isLegacy(tasks: unknown): boolean {
  if (!Array.isArray(tasks)) {
    return false;
  }
  const elements: readonly unknown[] = tasks;
  return elements.some(
    (task) => isObject(task) && typeof task.id === 'number' && Array.isArray(task.subtasks),
  );
}
