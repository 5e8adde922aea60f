import type { ListItem, Nodes } from 'mdast';
import { spansOf, type NodeSpans } from './node-spans.ts';
import { parseTree } from './parse-tree.ts';
import type { CodeSpan, Span } from '../../coordinator/plan/markers/marked-text.ts';

/** One item with a box, and what its text is made of; all offsets are the file's. */
export interface ChecklistItem extends Span {
  /** What stands in the box; one character in a GitHub task list, anything short in others' dialects. */
  readonly mark: string;
  /** Offset of the `[`. */
  readonly box: number;
  /** The item that this one is nested in. */
  readonly parent: ChecklistItem | null;
  readonly headings: readonly string[];
  readonly code: CodeSpan[];
  /** Fenced code, comments, link targets: no markers in there. */
  readonly hidden: Span[];
  readonly comments: Span[];
  /** What only formats the text: `**`, the brackets of a link, the `\` of an escape. */
  readonly formatting: Span[];
  /** Items with a box of their own. */
  readonly children: ChecklistItem[];
}

interface Step {
  readonly node: Nodes;
  readonly item: ChecklistItem | null;
}

/** Every item with a box, in order. Walks without recursion, because a hostile file can nest deeper than the stack. */
export function checklistItems(text: string): readonly ChecklistItem[] {
  if (!/\[[^[\]]?\]/.test(text)) return [];
  const { root, boxes } = parseTree(text);
  const items: ChecklistItem[] = [];
  const headings = new HeadingPath();
  const steps: Step[] = [{ node: root, item: null }];
  for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
    const { node } = step;
    let { item } = step;
    if (node.type === 'heading') headings.enter(node.depth, sliceOf(node, text));
    if (node.type === 'listItem') {
      const box = boxAt(node, boxes, text);
      if (box !== null) {
        item = openItem(node, box, item, headings.current, text);
        items.push(item);
      }
    }
    if (item !== null) note(item, spansOf(node, text));
    if (!('children' in node)) continue;
    for (const child of node.children.toReversed()) steps.push({ node: child, item });
  }
  return items;
}

function openItem(
  node: ListItem,
  box: number,
  parent: ChecklistItem | null,
  headings: readonly string[],
  text: string,
): ChecklistItem {
  const item: ChecklistItem = {
    start: offsets(node).start,
    end: offsets(node).end,
    mark: text.slice(box + 1, text.indexOf(']', box)),
    box,
    parent,
    headings,
    code: [],
    hidden: [],
    comments: [],
    formatting: [],
    children: [],
  };
  parent?.children.push(item);
  return item;
}

function note(item: ChecklistItem, spans: NodeSpans): void {
  item.code.push(...spans.code);
  item.hidden.push(...spans.hidden);
  item.comments.push(...spans.comments);
  for (const span of spans.formatting) item.formatting.push(span);
}

/** `[-] `, `[~] `, `[] `: not GitHub's boxes, but nothing else either; letters and digits would be links and notes. */
const FOREIGN_BOX = /^\[[^\w\s[\]]?\][ \t]+\S/;

function boxAt(node: ListItem, boxes: ReadonlyMap<ListItem, number>, text: string): number | null {
  const box = boxes.get(node);
  if (box !== undefined) return box;
  const [first] = node.children;
  if (first?.type !== 'paragraph') return null;
  const { start } = offsets(first);
  return FOREIGN_BOX.test(text.slice(start, start + 200)) ? start : null;
}

class HeadingPath {
  #open: readonly { readonly depth: number; readonly title: string }[] = [];
  current: readonly string[] = [];

  enter(depth: number, title: string): void {
    this.#open = [...this.#open.filter((heading) => heading.depth < depth), { depth, title }];
    this.current = this.#open.map((heading) => heading.title);
  }
}

function sliceOf(node: Nodes, text: string): string {
  const { start, end } = offsets(node);
  return text.slice(start, end);
}

/** Parsed nodes always have a position; one without would be a bug of the parser. */
function offsets({ position }: Nodes): Span {
  return { start: position?.start.offset ?? 0, end: position?.end.offset ?? 0 };
}
