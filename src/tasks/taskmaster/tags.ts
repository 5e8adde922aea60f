import { asSourceId, type SourceId } from '../../shared/ids.ts';
import { isObject } from '../../shared/json-object.ts';
import type { JsonPlace } from '../json/json-places.ts';

/** One list of tasks of a Task Master file. */
export interface Tag {
  /** Name of the tag; `null` in a file older than tags. */
  readonly name: string | null;
  readonly source: SourceId;
  /** Array of its tasks. */
  readonly tasks: JsonPlace;
}

const TAGGED_PATH = /(?:^|\/)\.taskmaster\/tasks\/tasks\.json$/i;
const LEGACY_PATH = /(?:^|\/)tasks\/tasks\.json$/i;
const STATE_BESIDE_TASKS = /tasks\/tasks\.json$/i;
const STATE_PATH = /(?:^|\/)\.taskmaster\/state\.json$/i;

/** Whether Task Master keeps its tasks at this path, whatever the file contains. */
export function isTaskMasterPath(path: string): boolean {
  return TAGGED_PATH.test(path);
}

/** Whether Task Master once kept its tasks at this path, where other tools keep theirs too. */
export function isLegacyPath(path: string): boolean {
  return LEGACY_PATH.test(path);
}

/** Returns the file that names the current tag of a task file, or `null`. */
export function statePath(path: string): string | null {
  return isTaskMasterPath(path) ? path.replace(STATE_BESIDE_TASKS, 'state.json') : null;
}

/** Returns the task file whose current tag this file names, or `null`. */
export function tasksPath(path: string): string | null {
  return STATE_PATH.test(path) ? path.replace(/state\.json$/i, 'tasks/tasks.json') : null;
}

/** Returns the lists of tasks of a file, in its order: `{"<tag>": {"tasks": […]}}`, or one `{"tasks": […]}`. */
export function tagsOf(root: JsonPlace | null, path: string): readonly Tag[] {
  const members = root?.members() ?? new Map<string, JsonPlace>();
  const untagged = members.get('tasks');
  if (untagged !== undefined && Array.isArray(untagged.value)) {
    return [{ name: null, source: asSourceId(path), tasks: untagged }];
  }
  return [...members].flatMap(([name, place]) => {
    const tasks = isObject(place.value) ? place.members().get('tasks') : undefined;
    if (tasks === undefined || !Array.isArray(tasks.value)) {
      return [];
    }
    return [{ name, source: asSourceId(`${path}@${name}`), tasks }];
  });
}

const DEFAULT_TAG = 'master';

/**
 * Returns the tag to show unless the user requests another: the tag of `state.json`, else `master`, else the first;
 * `null` without tags.
 */
export function currentTag(tags: readonly Tag[], state: string | null): Tag | null {
  const named = (name: string | null) => tags.find((tag) => tag.name !== null && tag.name === name);
  return named(stateTag(state)) ?? named(DEFAULT_TAG) ?? tags[0] ?? null;
}

function stateTag(state: string | null): string | null {
  if (state === null) {
    return null;
  }
  try {
    const value: unknown = JSON.parse(state.replace(/^\uFEFF/, ''));
    return isObject(value) && typeof value.currentTag === 'string' ? value.currentTag : null;
  } catch {
    return null;
  }
}
