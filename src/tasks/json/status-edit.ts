import type { Node } from 'jsonc-parser';
import type { TextEdit } from '../format/format.ts';
import { members } from './parse-json.ts';

/**
 * Returns the smallest edit that sets the status of `task` to `word`: replaces the value if there is one, else adds a
 * member after the last. Formatting the line, as editors do, would change other bytes.
 */
export function statusEdit(text: string, task: Node, word: string): TextEdit {
  const value = JSON.stringify(word);
  const present = members(task).get('status');
  return present === undefined
    ? newMemberEdit(text, task, 'status', value)
    : { offset: present.offset, length: present.length, text: value };
}

/** Returns the edit that adds a member after the last of an object, spaced like the others; `value` is JSON. */
export function newMemberEdit(text: string, task: Node, name: string, value: string): TextEdit {
  const properties = task.children ?? [];
  const last = properties.at(-1);
  // An object that was read as a task has at least an id.
  const offset = last === undefined ? task.offset + 1 : endOf(last);
  const comma = last === undefined ? '' : separator(text, task, properties);
  return { offset, length: 0, text: `${comma}${JSON.stringify(name)}${colon(text, last)}${value}` };
}

/** Returns the text between two members; for a single member, a comma and the text before it. */
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
