import type { Nodes } from 'mdast';

/** Types of HTML blocks with their own closing sequence, which may follow anything; all others end at an empty line. */
const CLOSINGS: readonly (readonly [opening: RegExp, closing: RegExp])[] = [
  [/^<!--/, /-->/],
  [/^<\?/, /\?>/],
  [/^<!\[CDATA\[/, /\]\]>/],
  [/^<![a-z]/i, />/],
  [/^<(?:script|pre|style|textarea)(?=[\s>]|$)/i, /<\/(?:script|pre|style|textarea)>/i],
];

/** Whether the last block of a text may continue after it: HTML, or fenced code without a closing fence. */
export function mayContinue(last: Nodes, text: string): boolean {
  if (last.type === 'html') {
    return htmlMayContinue(last.value.trimStart(), text);
  }
  if (last.type !== 'code') {
    return false;
  }
  const raw = text.slice(last.position?.start.offset, last.position?.end.offset);
  const fence = /^(?:`{3,}|~{3,})/.exec(raw)?.[0];
  if (fence === undefined) {
    return false;
  }
  const closing = /[\r\n][ \t>]*((`|~)\2{2,})[ \t]*$/.exec(raw)?.[1] ?? '';
  return !closing.startsWith(fence);
}

function htmlMayContinue(html: string, text: string): boolean {
  const own = CLOSINGS.find(([opening]) => opening.test(html));
  return own === undefined ? !/\n[ \t]*\r?\n$/.test(text) : !own[1].test(html);
}
