import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import {
  blank,
  type CodeSpan,
  type MarkedText,
  type Span,
  without,
} from '../../coordinator/plan/markers/marked-text.ts';
import { type Markers, parseMarkers } from '../../coordinator/plan/markers/markers.ts';
import { mayContinue } from '../markdown/inline/may-continue.ts';
import { spansOf } from '../markdown/inline/node-spans.ts';
import { type ParsedSpans, textSpans } from '../markdown/inline/plain-spans.ts';

/** A text field with its markers extracted. */
export interface Described {
  readonly text: string;
  readonly markers: Markers;
}

/** Reads the markers of a description, which is usually Markdown. */
export function described(text: string): Described {
  const markers = parseMarkers(markedText(text));
  return { text: markers.spans.length === 0 ? text : without(text, markers.spans), markers };
}

/** Returns the text in which markers are searched: code and hidden parts of the description are excluded. */
export function markedText(text: string): MarkedText {
  const { code, hidden } = textSpans(text, parsedSpans);
  return { text: blank(text, hidden), code };
}

/** Parses a text as Markdown; returns its inline code and the parts that are not text. */
export function parsedSpans(text: string): ParsedSpans {
  const code: CodeSpan[] = [];
  const hidden: Span[] = [];
  const root = fromMarkdown(text);
  const nodes: Nodes[] = [root];
  for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
    const spans = spansOf(node, text);
    code.push(...spans.code);
    hidden.push(...spans.hidden);
    if ('children' in node) {
      for (const child of node.children.toReversed()) {
        nodes.push(child);
      }
    }
  }
  const last = root.children.at(-1);
  return { code, hidden, open: last !== undefined && mayContinue(last, text) };
}
