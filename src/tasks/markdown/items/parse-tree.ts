import type { ListItem, Root } from 'mdast';
import { type Extension, fromMarkdown } from 'mdast-util-from-markdown';
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
        if (item?.type === 'listItem') {
          boxes.set(item, token.start.offset);
        }
      },
    },
  };
  const root = fromMarkdown(text, {
    extensions: [gfmTaskListItem()],
    mdastExtensions: [gfmTaskListItemFromMarkdown(), notingBoxes],
  });
  return { root, boxes };
}

/** Front matter would be read as a heading; blanked, it keeps all offsets. */
export function withoutFrontMatter(text: string): string {
  const matter = frontMatterPlace(text);
  if (matter === null) {
    return text;
  }
  return text.slice(0, matter.behind).replace(/[^\r\n]/g, ' ') + text.slice(matter.behind);
}

/** Where a text's front matter is: behind its opening line, before its closing line, and behind that. */
export interface FrontMatterPlace {
  readonly start: number;
  readonly end: number;
  readonly behind: number;
}

/** `null` where there is none: what lies between two rules and holds a box is part of the plan. */
export function frontMatterPlace(text: string): FrontMatterPlace | null {
  const opening = /^---[ \t]*(?:\r\n|[\r\n])/.exec(text)?.[0].length;
  const closing = opening === undefined ? null : /[\r\n]---[ \t]*(?=[\r\n]|$)/.exec(text);
  if (opening === undefined || closing === null) {
    return null;
  }
  const behind = closing.index + closing[0].length;
  if (/^[ \t]*(?:[-*+]|\d+[.)])[ \t]+\[.?\]/m.test(text.slice(0, behind))) {
    return null;
  }
  // Nothing at all may stand between the two lines.
  return { start: Math.min(opening, closing.index + 1), end: closing.index + 1, behind };
}
