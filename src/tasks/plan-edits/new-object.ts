import type { Node } from 'jsonc-parser';
import type { TextEdit } from '../format/format.ts';
import type { OutlinedTask } from '../format/outline.ts';
import { members } from '../json/parse-json.ts';
import { objectOf } from './json-ways.ts';
import type { NewItem } from './new-item.ts';
import { insertion } from './spelling.ts';

/** What a new task says where others of its file say something there; whatever else they have, it has not. */
const EMPTY: readonly (readonly [string, string])[] = [
  ['description', '""'],
  ['details', '""'],
  ['testStrategy', '""'],
  ['status', '"pending"'],
  ['dependencies', '[]'],
  ['subtasks', '[]'],
];

/** Objects behind a task of a JSON file, laid out as that one is; `null` where the text is no JSON there. */
export function jsonInsertion(
  text: string,
  anchor: OutlinedTask,
  items: readonly NewItem[],
): TextEdit | null {
  const node = objectOf(text, anchor);
  const [first] = node?.children ?? [];
  const last = node?.children?.at(-1);
  if (node === null || first === undefined || last === undefined) {
    return null;
  }
  const before = /\s*$/.exec(text.slice(0, node.offset))?.[0] ?? '';
  const inner = text.slice(node.offset + 1, first.offset);
  const outer = text.slice(last.offset + last.length, node.offset + node.length - 1);
  const between = inner.includes('\n') ? inner : ' ';
  const objects = items.map((item) => {
    const fields = fieldsOf(text, node, item).map(([name, value]) => `"${name}": ${value}`);
    return `,${before === '' ? ' ' : before}{${inner}${fields.join(`,${between}`)}${outer}}`;
  });
  return insertion(node.offset + node.length, objects.join(''));
}

function fieldsOf(
  text: string,
  node: Node,
  { id, title }: NewItem,
): readonly (readonly [string, string])[] {
  const known = members(node);
  const written = known.get('id');
  const isNumber = written !== undefined && text[written.offset] !== '"' && /^\d+$/.test(id ?? '');
  return [
    ['id', isNumber ? (id ?? '') : JSON.stringify(id)],
    ['title', JSON.stringify(title)],
    ...EMPTY.filter(([name]) => name === 'status' || known.has(name)),
  ];
}
