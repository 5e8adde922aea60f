import type { CodeSpan, Span } from '../../../coordinator/plan/markers/marked-text.ts';

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

/** An item whose end may still move; everything that it is made of is noted later. */
export interface OpenItem extends ChecklistItem {
  end: number;
}

/** An item without text, known to its parent. */
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
