import { assemblePlan } from '../../../src/coordinator/plan/assemble-plan.ts';
import type { Plan } from '../../../src/coordinator/schema/task.ts';
import { asSourceId } from '../../../src/shared/ids.ts';
import { formatOf } from '../../../src/tasks/read/formats.ts';
import { outlineOf } from '../../../src/tasks/read/outline-of.ts';
import { OutlinedPlan } from '../../../src/views/editor/plan/outlined-plan.ts';

/** Returns the plan that is read from these files. */
export function planOf(files: Readonly<Record<string, string>>): Plan {
  const snapshots = Object.entries(files).map(([file, text]) => {
    const format = formatOf(file, text);
    return { file, format: format.name, hash: 'hash', ...format.read(text, asSourceId(file)) };
  });
  return assemblePlan(snapshots);
}

/** Returns the outline of a plan file. */
export function outlined(file: string, text: string): OutlinedPlan {
  const found = outlineOf(text, file);
  if (found === null) {
    throw new Error(`${file} has no outline.`);
  }
  return new OutlinedPlan(found);
}

/** Returns a text without its mark `|`, and the offset of the mark. */
export function atCursor(marked: string): { readonly text: string; readonly offset: number } {
  const offset = marked.indexOf('|');
  return { text: marked.slice(0, offset) + marked.slice(offset + 1), offset };
}

/** Returns the 1-based line of an offset. */
export function lineOf(text: string): (offset: number) => number {
  return (offset) => text.slice(0, offset).split('\n').length;
}
