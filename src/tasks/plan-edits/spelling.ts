import type { Span } from '../../coordinator/plan/markers/marked-text.ts';
import type { TextEdit } from '../format/format.ts';
import type { OutlinedTask } from '../format/outline.ts';

/** Whether a task is a JSON object rather than a checklist item. */
export function isJsonTask(text: string, { head }: OutlinedTask): boolean {
  return text[head.start] === '{';
}

/** Returns words as they are written within a task: escaped in JSON. */
export function spelled(text: string, task: OutlinedTask, words: string): string {
  return isJsonTask(text, task) ? JSON.stringify(words).slice(1, -1) : words;
}

/** Returns the edit that replaces a span of a task with other words. */
export function replacement(
  text: string,
  task: OutlinedTask,
  { start, end }: Span,
  words: string,
): TextEdit {
  return { offset: start, length: end - start, text: spelled(text, task, words) };
}

/** Returns the edit that inserts a text which is already spelled for its task. */
export function insertion(offset: number, text: string): TextEdit {
  return { offset, length: 0, text };
}

export function deletion({ start, end }: Span): TextEdit {
  return { offset: start, length: end - start, text: '' };
}
