import { fromMarkdown } from 'mdast-util-from-markdown';
import type { Nodes } from 'mdast';
import { spansOf } from '../markdown/node-spans.ts';
import { parseMarkers, type Markers } from '../../coordinator/plan/markers.ts';
import {
  blank,
  without,
  type CodeSpan,
  type MarkedText,
  type Span,
} from '../../coordinator/plan/markers/marked-text.ts';

/** A text field, its markers read and taken out. */
export interface Described {
  readonly text: string;
  readonly markers: Markers;
}

/** What can make a part of a text code, a comment or a link target. */
const MARKDOWN = /`|~~~|<|\]\(|\]:|^(?: {4}|\t)/m;

/** Reads the markers of a description, which is Markdown more often than not. */
export function described(text: string): Described {
  const markers = parseMarkers(markedText(text));
  return { text: markers.spans.length === 0 ? text : without(text, markers.spans), markers };
}

/** A description as markers are looked for in it. */
export function markedText(text: string): MarkedText {
  const code: CodeSpan[] = [];
  const hidden: Span[] = [];
  if (MARKDOWN.test(text)) collect(text, code, hidden);
  return { text: blank(text, hidden), code };
}

function collect(text: string, code: CodeSpan[], hidden: Span[]): void {
  const nodes: Nodes[] = [fromMarkdown(text)];
  for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
    const spans = spansOf(node, text);
    code.push(...spans.code);
    hidden.push(...spans.hidden);
    if ('children' in node) for (const child of node.children.toReversed()) nodes.push(child);
  }
}
