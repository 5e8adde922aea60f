import { moveSpan, type Span } from '../../coordinator/plan/markers/marked-text.ts';
import { markerPlaces } from '../../coordinator/plan/markers/marker-places.ts';
import { markerRemoval } from '../../coordinator/plan/markers/removal.ts';
import type { SourceId } from '../../shared/ids.ts';
import type { Outline, OutlinedTask } from '../format/outline.ts';
import { outlinePlaces } from '../format/outline-places.ts';
import { type IdentifiedItem, identifiedItems } from './identify-items.ts';
import { itemContent, titlePlaces } from './items/item-text.ts';

/**
 * Returns the positions of the tasks of a checklist and of their markers. `items`: the tasks, as the format identifies
 * them.
 */
export function markdownOutline(
  text: string,
  source: SourceId,
  items: readonly IdentifiedItem[] = identifiedItems(text),
): Outline {
  return { tasks: items.map((each) => outlineItem(each, source, text)) };
}

function outlineItem(identified: IdentifiedItem, source: SourceId, text: string): OutlinedTask {
  const { item, id, fingerprint, title } = identified;
  const { offset, marked } = itemContent(item, text);
  const lineEnd = /[\r\n]/.exec(text.slice(item.start, item.end))?.index;
  return {
    source,
    id,
    fingerprint,
    title,
    span: { start: item.start, end: item.end },
    head: { start: item.start, end: lineEnd === undefined ? item.end : item.start + lineEnd },
    idSpan: identified.written ? idSpan(identified, text) : null,
    ...outlinePlaces(
      markerPlaces(marked),
      (span) => moveSpan(span, offset),
      (span) => markerRemoval(moveSpan(span, offset), text),
    ),
  };
}

/** Returns the span of the id; the title starts with the id, or with a bracket around it. */
function idSpan({ item, text: words, id }: IdentifiedItem, text: string): Span | null {
  const bareId = id.replace(/^#/, '');
  const places = titlePlaces(item, words, text, bareId.length + MAX_BEFORE_ID);
  const title = places.map((place) => text[place]).join('');
  const first = title.indexOf(bareId);
  const start = places[first];
  const last = places[first + bareId.length - 1];
  return start === undefined || last === undefined ? null : { start, end: last + 1 };
}

/** Maximum length of the bracket, hash and white space before an id. */
const MAX_BEFORE_ID = 100;
