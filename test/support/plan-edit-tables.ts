import assert from 'node:assert/strict';
import { asSourceId } from '../../src/shared/ids.ts';
import type { TaskIdentity } from '../../src/tasks/format/format.ts';
import type { PlanEdits } from '../../src/tasks/plan-edits.ts';
import { applyEdits } from '../../src/tasks/plan-edits/apply-edits.ts';
import { formatOf } from '../../src/tasks/read/formats.ts';

/** Returns the path of a plan, based on the beginning of its text. */
export const pathOf = (text: string): string => (/^\s*[[{]/.test(text) ? 'tasks.json' : 'tasks.md');

/** Returns the task of a plan with this id or title. */
export function taskOf(text: string, name: string): TaskIdentity {
  const path = pathOf(text);
  const { tasks } = formatOf(path, text).read(text, asSourceId(path));
  return (
    tasks.find(({ id, title }) => id === name || title === name) ?? assert.fail(`no task ${name}`)
  );
}

/** Returns the text after the edits, or `refused: …` with the message. */
export function edited(text: string, edits: PlanEdits): string {
  return edits.ok ? applyEdits(text, edits.value) : `refused: ${edits.failure.message}`;
}
