import type { Node } from 'jsonc-parser';
import type { Span } from '../../coordinator/plan/markers/marked-text.ts';

/** Maps a span of a string's value to its span in the file, including escapes. */
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
  const stringEnd = from + raw.length;
  return ({ start, end }) => ({ start: places[start] ?? stringEnd, end: places[end] ?? stringEnd });
}

/** Returns the number of raw UTF-16 units that encode one unit of the value. */
function unitLength(raw: string, place: number): number {
  if (raw[place] !== '\\') {
    return 1;
  }
  return raw[place + 1] === 'u' ? 6 : 2;
}
