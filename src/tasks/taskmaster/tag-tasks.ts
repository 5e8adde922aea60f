import type { Span } from '../../coordinator/plan/markers/marked-text.ts';
import { isObject } from '../../shared/json-object.ts';
import type { JsonPlace } from '../json/json-places.ts';
import type { Tag } from './tags.ts';
import { readTask, type WrittenTask } from './written-task.ts';

/** A task or sub-task of a tag. */
export interface TagTask {
  readonly place: Span;
  readonly written: Omit<WrittenTask, 'dependencies'>;
  /** Full id: `<parent>.<child>` for a sub-task. */
  readonly id: string;
  /** Its `dependencies`, in their order, as full ids. */
  readonly dependencies: readonly string[];
  /** Dependencies of the tasks that contain it: the parts of a task start no sooner than the whole may. */
  readonly inherited: readonly string[];
  /** Ids of its sub-tasks: a task closes after all its parts. */
  readonly parts: readonly string[];
  /** Invalid fields, each described in one clause. */
  readonly ignored: readonly string[];
}

/** An element that is not a task. */
export interface NoTask {
  readonly place: Span;
  readonly message: string;
}

/** The content of a tag's list of tasks. */
export interface TagTasks {
  /** Tasks in the order of the text: a task, its sub-tasks, the next task. */
  readonly tasks: readonly TagTask[];
  readonly invalid: readonly NoTask[];
}

interface Element {
  readonly place: JsonPlace;
  readonly parent: string | null;
  readonly siblings: ReadonlySet<string>;
  readonly inherited: readonly string[];
}

/** Reads every task and sub-task of a tag independently: an invalid one does not affect the others. */
export function tagTasks({ tasks: list }: Tag): TagTasks {
  const tasks: TagTask[] = [];
  const invalid: NoTask[] = [];
  // No recursion: the file decides how deep sub-tasks nest.
  const open = elements(list, null, []).toReversed();
  for (let element = open.pop(); element !== undefined; element = open.pop()) {
    const { place } = element;
    const value = place.value;
    const read = isObject(value) ? readTask(value) : { message: 'a task has to be an object' };
    if ('message' in read) {
      // An element that is cut off or broken inside is reported already, and must not run as half a task.
      if (place.whole) {
        invalid.push({ place, message: read.message });
      }
      continue;
    }
    const id = fullId(read.task.id, element.parent);
    const dependencies = dependenciesOf(read.task, element);
    const inheritedByParts = [...element.inherited, ...dependencies].filter(
      (each) => !isPart(each, id),
    );
    const nested =
      isObject(value) && Array.isArray(value.subtasks) ? subtasks(place, id, inheritedByParts) : [];
    if (place.whole) {
      tasks.push(taskOf(element, { id, dependencies }, read, nested));
    }
    open.push(...nested.toReversed());
  }
  return { tasks, invalid };
}

/**
 * Whether a task is the whole itself or one of its parts. A task may name its own parts as dependencies; those do not
 * order the parts.
 */
function isPart(id: string, whole: string): boolean {
  return id === whole || id.startsWith(`${whole}.`);
}

function dependenciesOf({ dependencies }: WrittenTask, { parent, siblings }: Element): string[] {
  return (dependencies ?? []).map((each) => dependencyId(each, parent, siblings));
}

function subtasks(place: JsonPlace, id: string, inherited: readonly string[]): readonly Element[] {
  const list = place.members().get('subtasks');
  return list === undefined ? [] : elements(list, id, inherited);
}

function elements(
  list: JsonPlace,
  parent: string | null,
  inherited: readonly string[],
): readonly Element[] {
  const places = list.elements();
  const siblings = parent === null ? NONE : new Set(places.flatMap(({ value }) => ownId(value)));
  return places.map((place) => ({ place, parent, siblings, inherited }));
}

const NONE: ReadonlySet<string> = new Set();

function ownId(value: unknown): readonly string[] {
  if (!isObject(value)) {
    return [];
  }
  const { id } = value;
  return typeof id === 'string' || typeof id === 'number' ? [String(id).trim()] : [];
}

/** Returns the full id of a task; some writers give sub-tasks their full id already. */
function fullId(id: string, parent: string | null): string {
  return parent === null || id.startsWith(`${parent}.`) ? id : `${parent}.${id}`;
}

function taskOf(
  { place, inherited }: Element,
  { id, dependencies }: Pick<TagTask, 'id' | 'dependencies'>,
  { task, ignored }: { readonly task: WrittenTask; readonly ignored: readonly string[] },
  nested: readonly Element[],
): TagTask {
  return {
    place,
    written: task,
    id,
    dependencies,
    inherited,
    parts: nested.flatMap(({ place: { value } }) => ownId(value)).map((child) => fullId(child, id)),
    ignored,
  };
}

/**
 * Returns a dependency as full id. In a sub-task a number names a sibling, and so does a text that equals the id of
 * one; any other text is a full id, as it always is in a task.
 */
function dependencyId(
  written: string | number,
  parent: string | null,
  siblings: ReadonlySet<string>,
): string {
  const id = String(written).trim();
  if (parent === null) {
    return id;
  }
  const sibling = typeof written === 'number' ? Number.isInteger(written) : siblings.has(id);
  return sibling ? fullId(id, parent) : id;
}
