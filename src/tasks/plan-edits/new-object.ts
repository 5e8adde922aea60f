import type { Node } from 'jsonc-parser';
import type { TextEdit } from '../format/format.ts';
import type { OutlinedTask } from '../format/outline.ts';
import { members } from '../json/parse-json.ts';
import { objectOf } from './json-ways.ts';
import type { NewItem } from './new-item.ts';
import { insertion } from './spelling.ts';

/** Default fields of a new task. It gets `status` and those that the task before it has, and no other fields. */
const DEFAULTS: readonly (readonly [string, string])[] = [
  ['description', '""'],
  ['details', '""'],
  ['testStrategy', '""'],
  ['status', '"pending"'],
  ['dependencies', '[]'],
  ['subtasks', '[]'],
];

/**
 * Returns the edit that inserts objects after a task of a JSON file, in its layout; `null` if the text is not JSON
 * there.
 */
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
    ...DEFAULTS.filter(([name]) => name === 'status' || known.has(name)),
  ];
}
