import type { IdentifiedItem } from '../markdown/identify-items.ts';
import type { ChecklistItem } from '../markdown/items/checklist-items.ts';
import type { Section } from '../markdown/sections.ts';
import { slug } from '../markdown/slug.ts';

/**
 * Returns the group of every task with `[P]`. Consecutive ones within a phase form a group, whose id consists of the
 * phase, the user story and a letter: `phase-3-us1-a`, then `phase-3-us1-b`.
 */
export function parallelRuns(phases: readonly Section[]): ReadonlyMap<ChecklistItem, string> {
  const groups = new Map<ChecklistItem, string>();
  const counts = new Map<string, number>();
  for (const phase of phases) {
    const name = phaseName(phase.heading);
    for (const run of runsOf(phase.items)) {
      const count = counts.get(name) ?? 0;
      counts.set(name, count + 1);
      const id = [name, storyOf(run, phase.heading) ?? [], letters(count)].flat().join('-');
      for (const { item } of run) {
        groups.set(item, id);
      }
    }
  }
  return groups;
}

/**
 * Returns the runs of consecutive tasks with `[P]`. Steps inside a task end no run: they belong to the parallel work.
 */
function runsOf(items: readonly IdentifiedItem[]): readonly (readonly IdentifiedItem[])[] {
  const runs: IdentifiedItem[][] = [];
  let open: IdentifiedItem[] | null = null;
  for (const each of items) {
    if (each.labels.includes('P')) {
      if (open === null) {
        runs.push((open = []));
      }
      open.push(each);
    } else if (each.item.parent === null) {
      open = null;
    }
  }
  return runs;
}

function phaseName(heading: string): string {
  const number = /^phase\s+([\p{L}\p{N}]+(?:[.-][\p{L}\p{N}]+)*)/iu.exec(heading)?.[1];
  if (number !== undefined) {
    return `phase-${number.toLowerCase()}`;
  }
  return slug(heading) || 'tasks';
}

function storyOf(run: readonly IdentifiedItem[], heading: string): string | null {
  const labels = run.flatMap((each) => each.labels);
  const label = labels.map((each) => /^US\d+/.exec(each)?.[0]).find((each) => each !== undefined);
  const inHeading = /\bUser Story (\d+)|\bUS(\d+)\b/i.exec(heading);
  const number = inHeading?.[1] ?? inHeading?.[2];
  return label?.toLowerCase() ?? (number === undefined ? null : `us${number}`);
}

/** Converts a count to letters: a, b, … z, aa, ab, … */
function letters(count: number): string {
  const last = String.fromCharCode(97 + (count % 26));
  return count < 26 ? last : letters(Math.floor(count / 26) - 1) + last;
}
