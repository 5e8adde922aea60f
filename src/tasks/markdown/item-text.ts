import type { ChecklistItem } from './checklist-items.ts';
import { parseMarkers, type Markers } from '../../coordinator/plan/markers.ts';
import { blank, without, type Span } from '../../coordinator/plan/markers/marked-text.ts';

/** The words of one item, apart from those of the items nested in it. */
export interface ItemText {
  /** The first line without box, markers and formatting; it may begin with an id, and may be empty. */
  readonly title: string;
  /** The rest, without markers and comments, not indented. */
  readonly description: string;
  readonly markers: Markers;
  /** Offset in the file of what the offsets in `markers` count from. */
  readonly offset: number;
}

/** Reads title, description and markers of an item. */
export function itemText(item: ChecklistItem, text: string): ItemText {
  const offset = contentStart(item, text);
  const content = text.slice(offset, item.end);
  const local = (spans: readonly Span[]) => spans.map((span) => moved(span, -offset));
  const nested = local(item.children);
  const hidden = local(item.hidden);
  const code = item.code.map((span) => ({ ...moved(span, -offset), value: span.value }));
  const markers = parseMarkers({ text: blank(content, [...hidden, ...nested]), code });
  const firstLine = /^[^\r\n]*/.exec(content)?.[0].length ?? 0;
  const notTitle = [...markers.spans, ...hidden, ...nested, ...local(item.formatting)];
  const notDescription = [...markers.spans, ...local(item.comments), ...nested];
  return {
    title: without(content, notTitle, 0, firstLine).replace(/\s+/g, ' ').trim(),
    description: tidyLines(without(content, notDescription, firstLine)),
    markers,
    offset,
  };
}

/** Behind the box; where its line ends there, the text begins in the next. */
function contentStart(item: ChecklistItem, text: string): number {
  const behindBox = item.box + item.mark.length + 2;
  const rest = text.slice(behindBox, item.end);
  return behindBox + (rest.length - rest.trimStart().length);
}

function moved(span: Span, by: number): Span {
  return { start: span.start + by, end: span.end + by };
}

/** Lines without common indentation, trailing space, bullets whose text was taken out, and runs of empty lines. */
function tidyLines(text: string): string {
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
