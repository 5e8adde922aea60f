import type { Node } from 'jsonc-parser';
import type { Span } from '../../coordinator/plan/markers/marked-text.ts';

/** Where a range of a string's value stands in the text of the file, escapes counted. */
export function stringPlaces(text: string, node: Node): (span: Span) => Span {
  const from = node.offset + 1;
  const raw = text.slice(from, node.offset + node.length - 1);
  if (!raw.includes('\\')) {
    return ({ start, end }) => ({ start: from + start, end: from + end });
  }
  const places: number[] = [];
  for (let place = 0; place < raw.length; place += unitLength(raw, place)) {
    places.push(from + place);
  }
  const behind = from + raw.length;
  return ({ start, end }) => ({ start: places[start] ?? behind, end: places[end] ?? behind });
}

/** How much of the raw text makes one UTF-16 unit of the value. */
function unitLength(raw: string, place: number): number {
  if (raw[place] !== '\\') {
    return 1;
  }
  return raw[place + 1] === 'u' ? 6 : 2;
}
