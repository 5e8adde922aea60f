import { lineStart } from '../../coordinator/plan/markers/line-start.ts';
import type { TextEdit } from '../format/format.ts';
import type { OutlinedTask } from '../format/outline.ts';
import { insertion } from './spelling.ts';

/** A task to write; `id` is `null` if the plan writes no ids. */
export interface NewItem {
  readonly id: string | null;
  /** Title with its markers. */
  readonly title: string;
}

/** The text before an item's box: indentation and quotation marks, the bullet or number, white space. */
const ITEM = /^([ \t>]*)([-*+]|\d+([.)]))([ \t]+)\[/;

/**
 * Returns the edit that inserts items after a task of a checklist, in its notation; `null` if the line of that task
 * does not start like an item.
 */
export function checklistInsertion(
  text: string,
  anchor: OutlinedTask,
  items: readonly NewItem[],
): TextEdit | null {
  const line = text.slice(lineStart(text, anchor.head.start), anchor.head.end);
  const [, prefix, bullet, delimiter, space] = ITEM.exec(line) ?? [];
  if (prefix === undefined || bullet === undefined || space === undefined) {
    return null;
  }
  const lineBreak = /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
  const first = Number.parseInt(bullet, 10) + 1;
  const lines = items.map(({ id, title }, index) => {
    const mark = delimiter === undefined ? bullet : `${first + index}${delimiter}`;
    return `${prefix}${mark}${space}[ ] ${id === null ? '' : `${id} `}${title}`;
  });
  const body = text.slice(anchor.span.start, anchor.span.end).trimEnd();
  const offset = anchor.span.start + body.length;
  return insertion(offset, lines.map((each) => lineBreak + each).join(''));
}
