import type { TextEdit } from '../format/format.ts';
import { type FrontMatter, readFrontMatter } from '../format/front-matter.ts';

/** The word for a finished task by the file's word for an open one; otherwise `closed`, as in ccpm. */
const DONE_WORD: ReadonlyMap<string, string> = new Map([
  ['pending', 'completed'],
  ['todo', 'done'],
]);

/**
 * Returns the smallest edit that marks a task as done: it replaces the status, fills it in after a bare `status:`, or
 * adds a line. `null` if YAML would not read the new status from the result.
 */
export function statusEdit(text: string, matter: FrontMatter, before: string): TextEdit | null {
  const word = DONE_WORD.get(before.toLowerCase()) ?? 'closed';
  const edit = editOf(text, matter, word);
  const edited = text.slice(0, edit.offset) + edit.text + text.slice(edit.offset + edit.length);
  const after = readFrontMatter(edited);
  return after.ok && after.value.value('status') === word ? edit : null;
}

function editOf(text: string, matter: FrontMatter, word: string): TextEdit {
  const place = matter.place('status');
  if (place === null) {
    const content = text.slice(matter.start, matter.end);
    const indentation = /^([ ]*)[^\s#]/m.exec(content)?.[1] ?? '';
    return {
      offset: matter.end,
      length: 0,
      text: `${indentation}status: ${word}${matter.lineEnd}`,
    };
  }
  if (place.start === place.end && /^\s*$/.test(text.slice(place.colon, place.start))) {
    return { offset: place.colon, length: 0, text: ` ${word}` };
  }
  return { offset: place.start, length: place.end - place.start, text: word };
}
