import type { Span } from './marked-text.ts';

const FILES_LINE = /^[ \t>]*(?:[-*+][ \t]+)?\*\*Files?(?::\*\*|\*\*[ \t]*:)[ \t]*(\S.*)$/gim;

/** `**Files:** a (create), b (edit)` on a line of its own; `content` is the list. */
export interface FilesLine extends Span {
  readonly content: string;
  /** Offset of `content`. */
  readonly from: number;
}

/** All lines of that form. `prose` determines where they are; `text` includes their inline code. */
export function filesLines(prose: string, text: string): readonly FilesLine[] {
  if (!text.includes('**') || !/\*\*file/i.test(text)) {
    return [];
  }
  // In `prose` a list of back-ticked paths is blank, so the heading is looked for in `text`, then held against `prose`.
  return [...text.matchAll(FILES_LINE)]
    .map(({ index: start, 0: line, 1: content = '' }) => ({
      start,
      end: start + line.length,
      content: content.trim(),
      from: start + line.length - content.length,
    }))
    .filter(({ start, end }) => /\*\*Files?/i.test(prose.slice(start, end)));
}
