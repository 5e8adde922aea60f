import {
  blank,
  type MarkedText,
  moveSpan,
  type Span,
  without,
} from '../../../coordinator/plan/markers/marked-text.ts';
import { type Markers, parseMarkers } from '../../../coordinator/plan/markers/markers.ts';
import type { ChecklistItem } from './checklist-items.ts';

/** The text of one item, without that of its nested items. */
export interface ItemText {
  /** The first line without box, markers and formatting; may begin with an id and may be empty. */
  readonly title: string;
  /** The remaining lines without markers, comments and indentation. */
  readonly description: string;
  readonly markers: Markers;
  /** Offset in the file to which the offsets in `markers` are relative. */
  readonly offset: number;
}

/** Reads title, description and markers of an item. */
export function itemText(item: ChecklistItem, text: string): ItemText {
  const { offset, content, hidden, nested, marked } = itemContent(item, text);
  const markers = parseMarkers(marked);
  const firstLine = firstLineLength(content);
  const notTitle = [...markers.spans, ...hidden, ...nested, ...moved(item.formatting, -offset)];
  const notDescription = [...markers.spans, ...moved(item.comments, -offset), ...nested];
  return {
    title: without(content, notTitle, 0, firstLine).replace(/\s+/g, ' ').trim(),
    description: tidyLines(without(content, notDescription, firstLine)),
    markers,
    offset,
  };
}

/** Returns the offsets in the file of the first characters of an item's title, in order; at most `count`. */
export function titlePlaces(
  item: ChecklistItem,
  { offset, markers }: ItemText,
  text: string,
  count: number,
): readonly number[] {
  const hidden = [
    ...moved(markers.spans, offset),
    ...item.hidden,
    ...item.children,
    ...item.formatting,
  ];
  const end = offset + firstLineLength(text.slice(offset, item.end));
  const places: number[] = [];
  for (let place = offset; place < end && places.length < count; place += 1) {
    if (!hidden.some((span) => span.start <= place && place < span.end)) {
      places.push(place);
    }
  }
  return places;
}

interface ItemContent {
  /** Offset of the content in the file. */
  readonly offset: number;
  readonly content: string;
  readonly hidden: readonly Span[];
  readonly nested: readonly Span[];
  /** The text in which markers are searched. */
  readonly marked: MarkedText;
}

/** Returns the content after an item's box; all offsets except `offset` are relative to it. */
export function itemContent(item: ChecklistItem, text: string): ItemContent {
  const offset = contentStart(item, text);
  const content = text.slice(offset, item.end);
  const nested = moved(item.children, -offset);
  const hidden = moved(item.hidden, -offset);
  const code = item.code.map((span) => ({ ...moveSpan(span, -offset), value: span.value }));
  return {
    offset,
    content,
    hidden,
    nested,
    marked: { text: blank(content, [...hidden, ...nested]), code },
  };
}

function firstLineLength(content: string): number {
  return /^[^\r\n]*/.exec(content)?.[0].length ?? 0;
}

/** Returns the offset of the first text after the box, on the next line if the box ends its line. */
function contentStart(item: ChecklistItem, text: string): number {
  const afterBox = item.box + item.mark.length + 2;
  let start = afterBox;
  while (start < item.end && /\s/.test(text.charAt(start))) {
    start += 1;
  }
  return start;
}

function moved(spans: readonly Span[], by: number): readonly Span[] {
  if (spans.length === 0) {
    return spans;
  }
  return spans.map((span) => moveSpan(span, by));
}

/** Removes common indentation, trailing space, bullets whose text was removed, and runs of empty lines. */
function tidyLines(text: string): string {
  if (text.trim() === '') {
    return '';
  }
  const lines = text
    .split(/\r\n|\n|\r/)
    .map((line) => line.trimEnd())
    .map((line) => (/^\s*(?:[-*+]|\d+[.)])$/.test(line) ? '' : line));
  const indents = lines.filter((line) => line !== '').map((line) => line.search(/\S/));
  const common = indents.reduce((least, each) => Math.min(least, each), Infinity);
  return lines
    .map((line) => line.slice(Math.min(common, line.length)))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
