import type { ListItem, Nodes } from 'mdast';
import { moveSpan, type Span } from '../../../coordinator/plan/markers/marked-text.ts';
import { mayContinue } from '../inline/may-continue.ts';
import { type NodeSpans, spansOf } from '../inline/node-spans.ts';
import { type ChecklistItem, newItem } from './checklist-item.ts';
import type { HeadingPath } from './heading-path.ts';
import { parseTree } from './parse-tree.ts';

/** The items of a part of a document. */
export interface PartItems {
  readonly items: readonly ChecklistItem[];
  /** Whether its last block may continue after the part. */
  readonly open: boolean;
}

interface Step {
  readonly node: Nodes;
  readonly item: ChecklistItem | null;
}

/**
 * Returns every item with a box in a part of a document; the part starts at `offset` of the document. Walks without
 * recursion, because a hostile file can nest deeper than the stack allows.
 */
export function treeItems(text: string, offset: number, headings: HeadingPath): PartItems {
  const { root, boxes } = parseTree(text);
  const items: ChecklistItem[] = [];
  const steps: Step[] = [{ node: root, item: null }];
  for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
    const { node } = step;
    let { item } = step;
    if (node.type === 'heading') {
      headings.enter(node.depth, sliceOf(node, text));
    }
    if (node.type === 'listItem') {
      const box = boxAt(node, boxes, text);
      if (box !== null) {
        const mark = text.slice(box + 1, text.indexOf(']', box));
        const span = moveSpan(offsets(node), offset);
        item = newItem(span, offset + box, mark, item, headings.current);
        items.push(item);
      }
    }
    if (item !== null) {
      addSpans(item, spansOf(node, text), offset);
    }
    if (!('children' in node)) {
      continue;
    }
    for (const child of node.children.toReversed()) {
      steps.push({ node: child, item });
    }
  }
  const last = root.children.at(-1);
  return { items, open: last !== undefined && mayContinue(last, text) };
}

function addSpans(item: ChecklistItem, spans: NodeSpans, offset: number): void {
  for (const span of spans.code) {
    item.code.push({ ...moveSpan(span, offset), value: span.value });
  }
  for (const span of spans.hidden) {
    item.hidden.push(moveSpan(span, offset));
  }
  for (const span of spans.comments) {
    item.comments.push(moveSpan(span, offset));
  }
  for (const span of spans.formatting) {
    item.formatting.push(moveSpan(span, offset));
  }
}

/**
 * Boxes `[-] `, `[~] `, `[] `: unknown to GitHub, but without any other meaning. Letters and digits would make links
 * and footnotes.
 */
export const FOREIGN_BOX = /^\[[^\w\s[\]]?\][ \t]+\S/;

function boxAt(node: ListItem, boxes: ReadonlyMap<ListItem, number>, text: string): number | null {
  const box = boxes.get(node);
  if (box !== undefined) {
    return box;
  }
  const [first] = node.children;
  if (first?.type !== 'paragraph') {
    return null;
  }
  const { start } = offsets(first);
  return FOREIGN_BOX.test(text.slice(start, start + 200)) ? start : null;
}

function sliceOf(node: Nodes, text: string): string {
  const { start, end } = offsets(node);
  return text.slice(start, end);
}

/** Returns the offsets of a node. Parsed nodes always have a position; a missing one would be a bug of the parser. */
function offsets({ position }: Nodes): Span {
  return { start: position?.start.offset ?? 0, end: position?.end.offset ?? 0 };
}
