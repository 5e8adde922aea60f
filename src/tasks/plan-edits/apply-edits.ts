import type { TextEdit } from '../format/format.ts';

/** Applies edits that do not touch one another to a text. Their offsets count in the original text. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let edited = '';
  let done = 0;
  for (const edit of edits.toSorted((a, b) => a.offset - b.offset)) {
    edited += text.slice(done, edit.offset) + edit.text;
    done = edit.offset + edit.length;
  }
  return edited + text.slice(done);
}

/** Returns the one, shortest edit that turns `before` into `after`; none if they are equal. */
export function editBetween(before: string, after: string): readonly TextEdit[] {
  if (before === after) {
    return [];
  }
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) {
    start += 1;
  }
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) {
    end += 1;
  }
  const text = after.slice(start, after.length - end);
  return [{ offset: start, length: before.length - end - start, text }];
}
