import type { TextEdit } from '../format/format.ts';
import { type FrontMatter, readFrontMatter } from '../format/front-matter.ts';

/** How a file that calls its open tasks so calls finished ones; everybody else says `closed`, as ccpm does. */
const FINISHED: ReadonlyMap<string, string> = new Map([
  ['pending', 'completed'],
  ['todo', 'done'],
]);

/**
 * The smallest edit that says a task is done: only the word of its status where there is one, behind the colon where
 * that is all there is, else a line more. `null` where YAML would read the result otherwise.
 */
export function statusEdit(text: string, matter: FrontMatter, before: string): TextEdit | null {
  const word = FINISHED.get(before.toLowerCase()) ?? 'closed';
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
