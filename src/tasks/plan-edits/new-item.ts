import { lineStart } from '../../coordinator/plan/markers/line-start.ts';
import type { TextEdit } from '../format/format.ts';
import type { OutlinedTask } from '../format/outline.ts';
import { insertion } from './spelling.ts';

/** A task as it is written down; `id` null: the plan writes none. */
export interface NewItem {
  readonly id: string | null;
  /** With its markers. */
  readonly title: string;
}

/** What stands in front of an item's box: indentation and quotation marks, the bullet or number, space. */
const ITEM = /^([ \t>]*)([-*+]|\d+([.)]))([ \t]+)\[/;

/** Items behind a task of a checklist, written as that one is; `null` where it does not begin like one. */
export function checklistInsertion(
  text: string,
  anchor: OutlinedTask,
  items: readonly NewItem[],
): TextEdit | null {
  const line = text.slice(lineStart(text, anchor.head.start), anchor.head.end);
  const [, prefix, bullet, behind, space] = ITEM.exec(line) ?? [];
  if (prefix === undefined || bullet === undefined || space === undefined) {
    return null;
  }
  const lineBreak = /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
  const first = Number.parseInt(bullet, 10) + 1;
  const lines = items.map(({ id, title }, index) => {
    const mark = behind === undefined ? bullet : `${first + index}${behind}`;
    return `${prefix}${mark}${space}[ ] ${id === null ? '' : `${id} `}${title}`;
  });
  const body = text.slice(anchor.span.start, anchor.span.end).trimEnd();
  const place = anchor.span.start + body.length;
  return insertion(place, lines.map((each) => lineBreak + each).join(''));
}
