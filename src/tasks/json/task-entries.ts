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
  /** The places at which the text is not JSON. */
  readonly faults: readonly JsonFault[];
  /** `false` if there is no list of tasks at the expected place. */
  readonly isTaskFile: boolean;
}

/** Reads the tasks of `[…]` or `{"tasks": […]}` independently: a bad one does not affect the others. */
export function taskEntries(text: string): TaskEntries {
  const { root, faults } = parseJson(text);
  const list = root === null ? null : taskList(root);
  const entries: TaskEntry[] = [];
  const invalid: InvalidEntry[] = [];
  for (const node of list?.children ?? []) {
    // The parser reported a truncated or broken task as a fault already; the task must not run in part.
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

/** Other tools keep other lists under the same file name; their elements have no ids. */
function looksLikeTasks({ children: elements = [] }: Node): boolean {
  return (
    elements.length === 0 ||
    elements.some((element) => element.type === 'object' && members(element).has('id'))
  );
}

/** Returns the array that contains the tasks, or `null`. */
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
