import type { Span } from '../../coordinator/plan/markers/marked-text.ts';
import type { TextEdit } from '../format/format.ts';
import type { OutlinedTask } from '../format/outline.ts';

/** Whether a task is a JSON object rather than an item of a checklist. */
export function isJsonTask(text: string, { head }: OutlinedTask): boolean {
  return text[head.start] === '{';
}

/** Words as they stand within a task: escaped where that is JSON. */
export function spelled(text: string, task: OutlinedTask, words: string): string {
  return isJsonTask(text, task) ? JSON.stringify(words).slice(1, -1) : words;
}

/** Puts other words in the place of some of a task's. */
export function replacement(
  text: string,
  task: OutlinedTask,
  { start, end }: Span,
  words: string,
): TextEdit {
  return { offset: start, length: end - start, text: spelled(text, task, words) };
}

/** An insertion of what is spelled out already. */
export function insertion(offset: number, text: string): TextEdit {
  return { offset, length: 0, text };
}

/** A deletion. */
export function deletion({ start, end }: Span): TextEdit {
  return { offset: start, length: end - start, text: '' };
}
