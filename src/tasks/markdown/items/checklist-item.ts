import type { CodeSpan, Span } from '../../../coordinator/plan/markers/marked-text.ts';

/** One item with a box, and the spans of its text; all offsets are relative to the file. */
export interface ChecklistItem extends Span {
  /** The content of the box; one character in a GitHub task list, any short text in other dialects. */
  readonly mark: string;
  /** Offset of the `[`. */
  readonly box: number;
  /** The item that this one is nested in. */
  readonly parent: ChecklistItem | null;
  readonly headings: readonly string[];
  readonly code: CodeSpan[];
  /** Fenced code, comments and link targets, which contain no markers. */
  readonly hidden: Span[];
  readonly comments: Span[];
  /** Pure formatting: `**`, the brackets of a link, the `\` of an escape. */
  readonly formatting: Span[];
  /** Nested items that have a box. */
  readonly children: ChecklistItem[];
}

/** An item whose end may still move and whose spans are recorded later. */
export interface OpenItem extends ChecklistItem {
  end: number;
}

/** Creates an item without spans and adds it to its parent. */
export function newItem(
  { start, end }: Span,
  box: number,
  mark: string,
  parent: ChecklistItem | null,
  headings: readonly string[],
): OpenItem {
  const item: OpenItem = {
    start,
    end,
    mark,
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
