import type { Nodes } from 'mdast';

/** Whether the last block of a text may go on behind it: HTML, or fenced code without its closing fence. */
export function mayGoOn(last: Nodes, text: string): boolean {
  if (last.type !== 'code') return last.type === 'html';
  const raw = text.slice(last.position?.start.offset, last.position?.end.offset);
  const fence = /^(?:`{3,}|~{3,})/.exec(raw)?.[0];
  if (fence === undefined) return false;
  const closing = /[\r\n][ \t>]*((`|~)\2{2,})[ \t]*$/.exec(raw)?.[1] ?? '';
  return !closing.startsWith(fence);
}
