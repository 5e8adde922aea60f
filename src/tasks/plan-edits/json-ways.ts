import type { Node } from 'jsonc-parser';
import type { Change } from './change.ts';
import { insertion } from './spelling.ts';
import { members, parseJson } from '../json/parse-json.ts';
import { newMemberEdit } from '../json/status-edit.ts';
import type { OutlinedTask } from '../outline.ts';

/** Ways to put a marker into a task object: into its title where it has one, else into its description. */
export function jsonMarkerWays(text: string, task: OutlinedTask, marker: string): Change['ways'] {
  const node = objectOf(text, task);
  if (node === null) return [];
  const fields = members(node);
  const escaped = JSON.stringify(marker).slice(1, -1);
  const texts = ['title', 'description'].flatMap((name) => fields.get(name) ?? []);
  const filled = texts.filter(({ value }) => typeof value === 'string' && value.trim() !== '');
  const ways = filled.flatMap((field) => fieldWays(field, escaped));
  if (filled.length > 0) return ways;
  const empty = texts.find(({ value }) => value === '');
  return empty === undefined
    ? [[newMemberEdit(text, node, 'description', JSON.stringify(marker))]]
    : [[insertion(empty.offset + 1, escaped)]];
}

/** In front of its words; where that would make something else of them, a line of its own or behind them. */
function fieldWays({ offset, length }: Node, escaped: string): Change['ways'] {
  return [
    [insertion(offset + 1, `${escaped} `)],
    [insertion(offset + 1, `${escaped}\\n\\n`)],
    [insertion(offset + length - 1, ` ${escaped}`)],
  ];
}

/** The object of a task, with positions in the whole text; `null` where the text is no JSON there. */
export function objectOf(text: string, { head }: OutlinedTask): Node | null {
  const open = [parseJson(text).root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node?.type === 'object' && node.offset === head.start) return node;
    for (const child of node?.children ?? []) {
      if (child.offset <= head.start && head.start < child.offset + child.length) open.push(child);
    }
  }
  return null;
}
