import { getNodeValue, type Node } from 'jsonc-parser';
import { type JsonFault, members, parseJson } from './parse-json.ts';
import { faults, type JsonTask, jsonTaskSchema } from './task-schema.ts';

/** One element of the task list. */
export interface TaskEntry {
  readonly node: Node;
  readonly task: JsonTask;
}

export interface InvalidEntry {
  readonly node: Node;
  readonly message: string;
}

export interface TaskEntries {
  readonly entries: readonly TaskEntry[];
  readonly invalid: readonly InvalidEntry[];
  /** Where the text is not JSON at all. */
  readonly faults: readonly JsonFault[];
  /** `false` where there is no list of tasks at the expected place. */
  readonly isTaskFile: boolean;
}

/** The tasks of `[…]` or `{"tasks": […]}`, each for itself: a bad one leaves the others alone. */
export function taskEntries(text: string): TaskEntries {
  const { root, faults } = parseJson(text);
  const list = root === null ? null : taskList(root);
  const entries: TaskEntry[] = [];
  const invalid: InvalidEntry[] = [];
  for (const node of list?.children ?? []) {
    // What was cut off or is broken inside has been reported, and must not run as half a task.
    if (!isWhole(node, text, faults)) {
      continue;
    }
    const entry = readEntry(node);
    if ('task' in entry) {
      entries.push(entry);
    } else {
      invalid.push(entry);
    }
  }
  return { entries, invalid, faults, isTaskFile: list !== null && looksLikeTasks(list) };
}

/** Other tools keep other lists under the same file name; theirs have no ids. */
function looksLikeTasks({ children: elements = [] }: Node): boolean {
  return (
    elements.length === 0 ||
    elements.some((element) => element.type === 'object' && members(element).has('id'))
  );
}

/** The array that holds the tasks, or `null`. */
function taskList(root: Node): Node | null {
  const list = root.type === 'object' ? members(root).get('tasks') : root;
  return list?.type === 'array' ? list : null;
}

function isWhole(node: Node, text: string, broken: readonly JsonFault[]): boolean {
  const end = node.offset + node.length;
  if (node.type === 'object' && text[end - 1] !== '}') {
    return false;
  }
  return !broken.some((fault) => fault.start >= node.offset && fault.start < end);
}

function readEntry(node: Node): TaskEntry | InvalidEntry {
  if (node.type !== 'object') {
    return { node, message: 'a task has to be an object' };
  }
  const read = jsonTaskSchema.safeParse(getNodeValue(node));
  return read.success ? { node, task: read.data } : { node, message: faults(read.error) };
}
