import type { TaskFormat } from '../format/format.ts';
import { identifiedItems } from './identify-items.ts';
import { markdownOutline } from './markdown-outline.ts';
import { withPlanContext } from './plan-context.ts';
import { readChecklist } from './read-checklist.ts';
import { boxEdits } from './tick-box.ts';

/** Checklists in Markdown (GitHub's task lists): every item with a box is a task. */
export const markdownFormat: TaskFormat = {
  name: 'Markdown',
  matches: (path) => !/\.jsonc?$/i.test(path),
  read: (text, source) =>
    withPlanContext(readChecklist(identifiedItems(text), text, source), text, source),
  outline: markdownOutline,
  edits: (text) => boxEdits(identifiedItems(text)),
};
