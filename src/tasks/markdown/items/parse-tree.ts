import type { ListItem, Root } from 'mdast';
import { type Extension, fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTaskListItemFromMarkdown } from 'mdast-util-gfm-task-list-item';
import { gfmTaskListItem } from 'micromark-extension-gfm-task-list-item';

/** A Markdown tree and the boxes of its task list items. */
export interface MarkdownTree {
  readonly root: Root;
  /** Offset of the `[` of each item's box. */
  readonly boxes: ReadonlyMap<ListItem, number>;
}

/** Parses CommonMark with GitHub's task list items. Every text is valid Markdown. */
export function parseTree(text: string): MarkdownTree {
  const boxes = new Map<ListItem, number>();
  const boxRecorder: Extension = {
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
    mdastExtensions: [gfmTaskListItemFromMarkdown(), boxRecorder],
  });
  return { root, boxes };
}

/** Blanks front matter, which would be read as a heading; all offsets stay the same. */
export function withoutFrontMatter(text: string): string {
  const matter = frontMatterPlace(text);
  if (matter === null) {
    return text;
  }
  return text.slice(0, matter.behind).replace(/[^\r\n]/g, ' ') + text.slice(matter.behind);
}

/** The place of a text's front matter: offsets after its opening line, before its closing line and after that. */
export interface FrontMatterPlace {
  readonly start: number;
  readonly end: number;
  readonly behind: number;
}

/** Locates front matter; `null` if there is none. Text between two rules that contains a box is part of the plan. */
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
  // The front matter may be empty.
  return { start: Math.min(opening, closing.index + 1), end: closing.index + 1, behind };
}
