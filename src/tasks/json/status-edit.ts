import type { Node } from 'jsonc-parser';
import type { TextEdit } from '../format/format.ts';
import { members } from './parse-json.ts';

/**
 * The smallest edit that makes `word` the status of the task object at `task`: only the value where there is one, else a
 * member behind the last. Formatting the line, as editors do, would touch other bytes.
 */
export function statusEdit(text: string, task: Node, word: string): TextEdit {
  const value = JSON.stringify(word);
  const present = members(task).get('status');
  return present === undefined
    ? newMemberEdit(text, task, 'status', value)
    : { offset: present.offset, length: present.length, text: value };
}

/** Adds a member behind the last of an object, spaced as the others are; `value` is JSON. */
export function newMemberEdit(text: string, task: Node, name: string, value: string): TextEdit {
  const properties = task.children ?? [];
  const last = properties.at(-1);
  // An object that was read as a task has an id at least.
  const offset = last === undefined ? task.offset + 1 : endOf(last);
  const comma = last === undefined ? '' : separator(text, task, properties);
  return { offset, length: 0, text: `${comma}${JSON.stringify(name)}${colon(text, last)}${value}` };
}

/** What stands between two members; of a single one, a comma and what stands before it. */
function separator(text: string, task: Node, properties: readonly Node[]): string {
  const [first, second] = properties;
  if (first === undefined) {
    return '';
  }
  return second === undefined
    ? `,${text.slice(task.offset + 1, first.offset)}`
    : text.slice(endOf(first), second.offset);
}

function colon(text: string, property: Node | undefined): string {
  const [name, value] = property?.children ?? [];
  return name === undefined || value === undefined ? ': ' : text.slice(endOf(name), value.offset);
}

function endOf(node: Node): number {
  return node.offset + node.length;
}
