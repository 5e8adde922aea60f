import { asGroupId, type GroupId } from '../../../shared/ids.ts';
import { t } from '../../../shared/messages.ts';
import type { Span } from './marked-text.ts';

/** `[P:Group-<id>]`, any case; the id is everything before the bracket except white space. */
const GROUP = /\[P:Group-([^\]\s]+)\]/gi;

/**
 * Likely misspellings of a group marker: `[P: Group-a]`, `[P:Grup-a]`, `[P-Group a]`, `(P:Group-a)`, an unclosed one.
 */
const ALMOST = [
  /\[\s*P\s*(?::|[-;=.,\s]\s*gr)[^[\]\n]{0,120}\]?/gi,
  /(?<![[\w])[({]?P:Group-[^\s\])}]*[)}]?/gi,
];

const MAX_ALMOST = 20;

export interface GroupMarker extends Span {
  readonly id: GroupId;
}

/** All group markers of `text`, in order. */
export function groupMarkers(text: string): readonly GroupMarker[] {
  if (!text.includes('[')) {
    return [];
  }
  return [...text.matchAll(GROUP)].map(({ index, 0: all, 1: id = '' }) => ({
    id: asGroupId(id),
    start: index,
    end: index + all.length,
  }));
}

const OPENING = '[P:Group-';

/** The marker of a group. */
export function groupMarker(id: string): string {
  return `${OPENING}${id}]`;
}

/** Range of the id within a marker. */
export function groupIdSpan({ start, end }: Span): Span {
  return { start: start + OPENING.length, end: end - 1 };
}

/** Why an id cannot be written in a marker, in a sentence; `null` if it can. */
export function groupIdFault(id: string): string | null {
  if (id === '') {
    return t('A group needs a name.');
  }
  if (/[\s\]\p{Cc}]/u.test(id)) {
    return t('The name of a group has no spaces and no “]”. Use hyphens, such as “data-models”.');
  }
  return null;
}

/** A probable misspelling of a marker, and the correct spelling. */
export interface AlmostMarker extends Span {
  readonly written: string;
  readonly suggestion: string;
}

/** Near misses of group markers in `text`, in order, at most 20; excludes the `exact` ones. */
export function almostGroupMarkers(
  text: string,
  exact: readonly GroupMarker[],
): readonly AlmostMarker[] {
  if (!text.includes('[') && !/P:Group-/i.test(text)) {
    return [];
  }
  const exactly = new Set(exact.map(({ start }) => start));
  const found: AlmostMarker[] = [];
  for (const pattern of ALMOST) {
    for (const { index: start, 0: match } of text.matchAll(pattern)) {
      if (found.length === MAX_ALMOST) {
        break;
      }
      // Without a closing bracket its end is unknown; its first word is enough to point at.
      const written = /[\])}]$/.test(match) ? match : match.replace(/(\S)\s.*$/s, '$1');
      const span = { start, end: start + written.length };
      if (exactly.has(start) || found.some((other) => overlaps(other, span))) {
        continue;
      }
      found.push({ ...span, written, suggestion: suggestionFor(written) });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

function suggestionFor(written: string): string {
  const name = written
    .replace(/^[[({]?\s*P\s*[:;=.,-]?\s*/i, '')
    .replace(/^gr\w*(?:[\s_:-]+|$)/i, '')
    .replace(/[\])}]+$/, '')
    .trim()
    .replace(/\s+/g, '-');
  return `[P:Group-${name === '' ? 'name' : name}]`;
}

function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}
