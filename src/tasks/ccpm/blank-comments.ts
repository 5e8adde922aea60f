import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { blank, type Span } from '../../coordinator/plan/markers/marked-text.ts';
import { spansOf } from '../markdown/inline/node-spans.ts';

/** Overwrites the comments of a Markdown text with spaces: readers do not see them, so no prompt includes them. */
export function blankComments(text: string): string {
  if (!text.includes('<!--')) {
    return text;
  }
  const comments: Span[] = [];
  const nodes: Nodes[] = [fromMarkdown(text)];
  for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
    comments.push(...spansOf(node, text).comments);
    if ('children' in node) {
      nodes.push(...node.children);
    }
  }
  return blank(text, comments);
}
