import { lineStart } from '../../coordinator/plan/markers/line-start.ts';
import type { OutlinedTask } from '../format/outline.ts';
import type { Change } from './change.ts';
import { insertion } from './spelling.ts';

/** Ways to put a marker into an item of a checklist: behind box and id, else where it does no harm. */
export function checklistMarkerWays(
  text: string,
  task: OutlinedTask,
  marker: string,
): Change['ways'] {
  const content = contentStart(text, task);
  const inFront = [insertion(content, `${marker} `)];
  const { idSpan } = task;
  const behindId = idSpan === null ? [] : [[insertion(wordEnd(text, idSpan.end), ` ${marker}`)]];
  return [...behindId, inFront, ...lineEndWays(text, task, marker)];
}

/** Ways to put a marker behind the words of an item's first line, or below it: a `run:` line has its line to itself. */
export function lineEndWays(text: string, task: OutlinedTask, marker: string): Change['ways'] {
  const head = text.slice(task.head.start, task.head.end).trimEnd();
  const end = task.head.start + head.length;
  return [[insertion(end, ` ${marker}`)], [insertion(end, newLine(text, task) + marker)]];
}

/** Behind the box of an item, and the space that follows it. */
export function contentStart(text: string, { head }: OutlinedTask): number {
  const behindBox = text.indexOf(']', text.indexOf('[', head.start)) + 1;
  const space = /^\s*/.exec(text.slice(behindBox, behindBox + MAX_SPACE))?.[0].length ?? 0;
  return behindBox + space;
}

const MAX_SPACE = 200;

function wordEnd(text: string, offset: number): number {
  const rest = text.slice(offset, offset + MAX_SPACE);
  const space = rest.search(/\s/);
  return offset + (space === -1 ? rest.length : space);
}

/** A line break and what the next line of an item begins with: quotation marks go on, all else is indentation. */
function newLine(text: string, { head }: OutlinedTask): string {
  const prefix = text.slice(lineStart(text, head.start), head.start).replace(/[^>\s]/g, ' ');
  const lineBreak = /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
  return `${lineBreak}${prefix}  `;
}
