import { mayDefineLinks } from '../inline/plain-spans.ts';
import type { ChecklistItem } from './checklist-item.ts';
import { HeadingPath } from './heading-path.ts';
import { withoutFrontMatter } from './parse-tree.ts';
import { QuickItems } from './quick-items.ts';
import { treeItems } from './tree-items.ts';

export type { ChecklistItem } from './checklist-item.ts';

/**
 * Returns every item with a box, in order. Most plans are lists of simple lines, which need no parser; only complex
 * parts are parsed as Markdown, which would be fifty times slower for the whole text.
 */
export function checklistItems(text: string): readonly ChecklistItem[] {
  if (!/\[[^[\]]?\]/.test(text)) {
    return [];
  }
  const document = withoutFrontMatter(text);
  const simple = !/\r(?!\n)/.test(document) && !mayDefineLinks(document);
  return simple ? itemsByParts(document) : parsedItems(document);
}

/** Returns every item with a box from a parsed tree alone; `checklistItems` finds the same items. */
export function parsedItems(document: string): readonly ChecklistItem[] {
  return treeItems(document, 0, new HeadingPath()).items;
}

function itemsByParts(document: string): readonly ChecklistItem[] {
  const quick = new QuickItems(document);
  while (!quick.read()) {
    const { start, end, headings } = quick.part();
    let parsed = treeItems(document.slice(start, end), start, headings);
    let partEnd = end;
    if (parsed.open && end < document.length) {
      partEnd = document.length;
      parsed = treeItems(document.slice(start), start, quick.part().headings);
    }
    quick.replacePart(parsed.items, partEnd);
  }
  return quick.items;
}
