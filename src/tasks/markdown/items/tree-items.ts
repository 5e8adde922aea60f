import type { ListItem, Nodes } from 'mdast';
import { moveSpan, type Span } from '../../../coordinator/plan/markers/marked-text.ts';
import { mayGoOn } from '../inline/may-go-on.ts';
import { type NodeSpans, spansOf } from '../inline/node-spans.ts';
import { type ChecklistItem, newItem } from './checklist-item.ts';
import type { HeadingPath } from './heading-path.ts';
import { parseTree } from './parse-tree.ts';

/** What a part of a document holds. */
export interface PartItems {
  readonly items: readonly ChecklistItem[];
  /** Whether its last block may go on behind it. */
  readonly open: boolean;
}

interface Step {
  readonly node: Nodes;
  readonly item: ChecklistItem | null;
}

/**
 * Every item with a box of a part of a document that begins at `offset` of it. Walks without recursion, because a hostile
 * file can nest deeper than the stack.
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
        const place = moveSpan(offsets(node), offset);
        item = newItem(place, offset + box, mark, item, headings.current);
        items.push(item);
      }
    }
    if (item !== null) {
      note(item, spansOf(node, text), offset);
    }
    if (!('children' in node)) {
      continue;
    }
    for (const child of node.children.toReversed()) {
      steps.push({ node: child, item });
    }
  }
  const last = root.children.at(-1);
  return { items, open: last !== undefined && mayGoOn(last, text) };
}

function note(item: ChecklistItem, spans: NodeSpans, by: number): void {
  for (const span of spans.code) {
    item.code.push({ ...moveSpan(span, by), value: span.value });
  }
  for (const span of spans.hidden) {
    item.hidden.push(moveSpan(span, by));
  }
  for (const span of spans.comments) {
    item.comments.push(moveSpan(span, by));
  }
  for (const span of spans.formatting) {
    item.formatting.push(moveSpan(span, by));
  }
}

/** `[-] `, `[~] `, `[] `: not GitHub's boxes, but nothing else either; letters and digits would be links and notes. */
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

/** Parsed nodes always have a position; one without would be a bug of the parser. */
function offsets({ position }: Nodes): Span {
  return { start: position?.start.offset ?? 0, end: position?.end.offset ?? 0 };
}
