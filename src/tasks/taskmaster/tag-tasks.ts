import type { Span } from '../../coordinator/plan/markers/marked-text.ts';
import { isObject, type JsonPlace } from '../json/json-places.ts';
import type { Tag } from './tags.ts';
import { readTask, type WrittenTask } from './written-task.ts';

/** A task or sub-task of a tag. */
export interface TagTask {
  readonly place: Span;
  readonly written: Omit<WrittenTask, 'dependencies'>;
  /** Of a sub-task `<parent>.<child>`. */
  readonly id: string;
  /** What its `dependencies` say, in their order, as full ids. */
  readonly dependencies: readonly string[];
  /** What the task that it is a part of depends on: the parts of a task start no sooner than the whole may. */
  readonly inherited: readonly string[];
  /** Its sub-tasks: a task is done last of all that it consists of. */
  readonly parts: readonly string[];
  /** Fields that are wrong, each in one clause. */
  readonly ignored: readonly string[];
}

/** An element that is no task. */
export interface NoTask {
  readonly place: Span;
  readonly message: string;
}

/** What the list of tasks of a tag holds. */
export interface TagTasks {
  /** In the order of the text: a task, its sub-tasks, the next task. */
  readonly tasks: readonly TagTask[];
  readonly invalid: readonly NoTask[];
}

interface Element {
  readonly place: JsonPlace;
  readonly parent: string | null;
  readonly siblings: ReadonlySet<string>;
  readonly inherited: readonly string[];
}

/** Every task and sub-task of a tag, each for itself: a bad one leaves the others alone. */
export function tagTasks({ tasks: list }: Tag): TagTasks {
  const tasks: TagTask[] = [];
  const invalid: NoTask[] = [];
  // Without recursion: how deep sub-tasks nest is up to the file.
  const open = elements(list, null, []).toReversed();
  for (let element = open.pop(); element !== undefined; element = open.pop()) {
    const { place } = element;
    const value = place.value;
    const read = isObject(value) ? readTask(value) : { message: 'a task has to be an object' };
    if ('message' in read) {
      // What was cut off or is broken inside has been reported, and must not run as half a task.
      if (place.whole) {
        invalid.push({ place, message: read.message });
      }
      continue;
    }
    const id = fullId(read.task.id, element.parent);
    const dependencies = dependenciesOf(read.task, element);
    const handedOn = [...element.inherited, ...dependencies].filter((each) => !isPart(each, id));
    const nested =
      isObject(value) && Array.isArray(value.subtasks) ? subtasks(place, id, handedOn) : [];
    if (place.whole) {
      tasks.push(taskOf(element, { id, dependencies }, read, nested));
    }
    open.push(...nested.toReversed());
  }
  return { tasks, invalid };
}

/** A task may also name its own parts as dependencies; those order nothing among them. */
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

/** Some writers give sub-tasks their full id at once. */
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
 * In a sub-task a number names a sibling, and so does a text that is the id of one; any other text is a full id, as it
 * always is in a task.
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
