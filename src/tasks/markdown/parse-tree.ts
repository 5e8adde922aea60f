import type { ListItem, Root } from 'mdast';
import { fromMarkdown, type Extension } from 'mdast-util-from-markdown';
import { gfmTaskListItemFromMarkdown } from 'mdast-util-gfm-task-list-item';
import { gfmTaskListItem } from 'micromark-extension-gfm-task-list-item';

/** A Markdown tree and where its task list items have their boxes. */
export interface MarkdownTree {
  readonly root: Root;
  /** Offset of the `[` of each item's box. */
  readonly boxes: ReadonlyMap<ListItem, number>;
}

/** Parses CommonMark with GitHub's task list items. Every text is valid Markdown. */
export function parseTree(text: string): MarkdownTree {
  const boxes = new Map<ListItem, number>();
  const notingBoxes: Extension = {
    enter: {
      taskListCheck(token) {
        const item = this.stack.findLast((node) => node.type === 'listItem');
        if (item?.type === 'listItem') boxes.set(item, token.start.offset);
      },
    },
  };
  const root = fromMarkdown(text, {
    extensions: [gfmTaskListItem()],
    mdastExtensions: [gfmTaskListItemFromMarkdown(), notingBoxes],
  });
  return { root, boxes };
}

/**
 * Front matter would be read as a heading; blanked, it keeps all offsets. What lies between two rules and holds a box is
 * part of the plan.
 */
export function withoutFrontMatter(text: string): string {
  if (!/^---[ \t]*[\r\n]/.test(text)) return text;
  const closing = /[\r\n]---[ \t]*(?=[\r\n]|$)/.exec(text);
  if (closing === null) return text;
  const end = closing.index + closing[0].length;
  const matter = text.slice(0, end);
  if (/^[ \t]*(?:[-*+]|\d+[.)])[ \t]+\[.?\]/m.test(matter)) return text;
  return matter.replace(/[^\r\n]/g, ' ') + text.slice(end);
}
