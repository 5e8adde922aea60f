import { lineStart } from '../../coordinator/plan/markers/line-start.ts';
import type { OutlinedTask } from '../format/outline.ts';
import type { Change } from './change.ts';
import { insertion } from './spelling.ts';

/** Returns ways to insert a marker into an item of a checklist: after box and id, else where it does no harm. */
export function checklistMarkerWays(
  text: string,
  task: OutlinedTask,
  marker: string,
): Change['ways'] {
  const content = contentStart(text, task);
  const beforeText = [insertion(content, `${marker} `)];
  const { idSpan } = task;
  const afterId = idSpan === null ? [] : [[insertion(wordEnd(text, idSpan.end), ` ${marker}`)]];
  return [...afterId, beforeText, ...lineEndWays(text, task, marker)];
}

/**
 * Returns ways to insert a marker after the text of an item's first line, or below it, because a `run:` line contains
 * nothing else.
 */
export function lineEndWays(text: string, task: OutlinedTask, marker: string): Change['ways'] {
  const head = text.slice(task.head.start, task.head.end).trimEnd();
  const end = task.head.start + head.length;
  return [[insertion(end, ` ${marker}`)], [insertion(end, newLine(text, task) + marker)]];
}

/** Returns the offset after the box of an item and the white space that follows it. */
export function contentStart(text: string, { head }: OutlinedTask): number {
  const afterBox = text.indexOf(']', text.indexOf('[', head.start)) + 1;
  const space = /^\s*/.exec(text.slice(afterBox, afterBox + MAX_SPACE))?.[0].length ?? 0;
  return afterBox + space;
}

const MAX_SPACE = 200;

function wordEnd(text: string, offset: number): number {
  const rest = text.slice(offset, offset + MAX_SPACE);
  const space = rest.search(/\s/);
  return offset + (space === -1 ? rest.length : space);
}

/** Returns a line break and the prefix of an item's next line: quotation marks continue, all else becomes spaces. */
function newLine(text: string, { head }: OutlinedTask): string {
  const prefix = text.slice(lineStart(text, head.start), head.start).replace(/[^>\s]/g, ' ');
  const lineBreak = /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
  return `${lineBreak}${prefix}  `;
}
