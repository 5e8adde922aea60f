import type { Node } from 'jsonc-parser';
import type { Outline, OutlinedTask } from '../format/outline.ts';
import { members, parseJson } from '../json/parse-json.ts';
import { newMemberEdit } from '../json/status-edit.ts';
import type { Change } from './change.ts';
import { insertion } from './spelling.ts';

/** Returns ways to insert a marker into a task object: into its title if it has one, else into its description. */
export function jsonMarkerWays(text: string, task: OutlinedTask, marker: string): Change['ways'] {
  const node = objectOf(text, task);
  if (node === null) {
    return [];
  }
  const fields = members(node);
  const escaped = JSON.stringify(marker).slice(1, -1);
  const texts = ['title', 'description'].flatMap((name) => fields.get(name) ?? []);
  const filled = texts.filter(({ value }) => typeof value === 'string' && value.trim() !== '');
  const ways = filled.flatMap((field) => fieldWays(field, escaped));
  if (filled.length > 0) {
    return ways;
  }
  const empty = texts.find(({ value }) => value === '');
  return empty === undefined
    ? [[newMemberEdit(text, node, 'description', JSON.stringify(marker))]]
    : [[insertion(empty.offset + 1, escaped)]];
}

/**
 * Returns ways to insert text before that of a field; where that would change its meaning, on a separate line or after
 * it.
 */
function fieldWays({ offset, length }: Node, escaped: string): Change['ways'] {
  return [
    [insertion(offset + 1, `${escaped} `)],
    [insertion(offset + 1, `${escaped}\\n\\n`)],
    [insertion(offset + length - 1, ` ${escaped}`)],
  ];
}

/** Returns the object of a task, with positions in the whole text; `null` if the text is not JSON there. */
export function objectOf(text: string, { head }: OutlinedTask): Node | null {
  const open = [parseJson(text).root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node?.type === 'object' && node.offset === head.start) {
      return node;
    }
    for (const child of node?.children ?? []) {
      if (child.offset <= head.start && head.start < child.offset + child.length) {
        open.push(child);
      }
    }
  }
  return null;
}

/** Returns ways to add an id to a task object's list of dependencies, in the notation that the file uses for ids. */
export function jsonDependencyWays(
  text: string,
  task: OutlinedTask,
  id: string,
  outline: Outline,
): Change['ways'] {
  const node = objectOf(text, task);
  if (node === null) {
    return [];
  }
  const value = isNumber(text, id, outline) ? id : JSON.stringify(id);
  const list = members(node).get('dependencies');
  if (list === undefined) {
    return [[newMemberEdit(text, node, 'dependencies', `[${value}]`)]];
  }
  if (list.type !== 'array') {
    return [[{ offset: list.offset, length: list.length, text: `[${value}]` }]];
  }
  const [first, second] = list.children ?? [];
  const last = list.children?.at(-1);
  if (first === undefined || last === undefined) {
    return [[insertion(list.offset + 1, value)]];
  }
  const space =
    second === undefined
      ? `,${/^\s+/.exec(text.slice(list.offset + 1, first.offset))?.[0] ?? ' '}`
      : text.slice(first.offset + first.length, second.offset);
  return [[insertion(last.offset + last.length, `${space}${value}`)]];
}

/** Whether the task with this id writes it as a number. */
function isNumber(text: string, id: string, { tasks }: Outline): boolean {
  const named = tasks.find((task) => task.id === id)?.idSpan;
  return /^\d+$/.test(id) && named !== null && named !== undefined && text[named.end] !== '"';
}
