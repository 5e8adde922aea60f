import type { Plan, Task } from '../../../coordinator/schema/task.ts';
import { SEQUENTIAL, type SourceId } from '../../../shared/ids.ts';
import type { OutlinedTask } from '../../../tasks/format/outline.ts';
import type { OutlinedPlan } from '../plan/outlined-plan.ts';

/** One thing to choose; the order is that of the list. */
export interface Choice {
  /** What is inserted. */
  readonly text: string;
  readonly label: string;
  /** Beside the label. */
  readonly detail: string;
}

export interface Choices {
  readonly items: readonly Choice[];
  /** `false`: there are more; with more of it typed, others may be among them. */
  readonly complete: boolean;
}

/** A longer list is searched by typing, not by looking. */
const MOST = 1000;

/**
 * The groups of a source, as the document has them now, and then those of the others. The marker of `from`, which is
 * being typed, makes no group: half a name is not to be offered as a whole one.
 */
export function groupChoices(
  plan: Plan,
  outlined: OutlinedPlan,
  from: OutlinedTask | undefined,
  source: SourceId,
): Choices {
  const found = new Map<string, Choice>();
  const counts = new Map<string, { readonly id: string; count: number }>();
  for (const task of outlined.tasks) {
    const id = task.source === source && task !== from ? (task.group?.id ?? null) : null;
    if (id !== null) {
      const known = counts.get(id.toLowerCase());
      if (known === undefined) {
        counts.set(id.toLowerCase(), { id, count: 1 });
      } else {
        known.count += 1;
      }
    }
  }
  for (const [key, { id, count }] of counts) {
    found.set(key, choice(id, count === 1 ? '1 task' : `${count} tasks`));
  }
  for (const group of plan.groups) {
    const key = group.id.toLowerCase();
    // Inferred groups have no marker to repeat.
    if (key !== SEQUENTIAL && !group.inferred && !found.has(key) && group.source !== source) {
      found.set(key, choice(group.id, `of ${group.source}`));
    }
  }
  return limited([...found.values()]);
}

function choice(id: string, detail: string): Choice {
  return { text: `[P:Group-${id}]`, label: id, detail };
}

/**
 * The ids that a task may depend on: those of its source by their ids, others by their keys. What it depends on already,
 * and itself, is left out; `typed` narrows long lists.
 */
export function dependencyChoices(
  plan: Plan,
  outlined: OutlinedPlan,
  from: OutlinedTask | undefined,
  source: SourceId,
  typed: string,
): Choices {
  const listed = (from?.dependencies ?? []).map(({ written }) => written);
  // What is being typed stands in the text, and may be an id already.
  const taken = new Set([...listed.filter((each) => each !== typed), from?.id ?? '']);
  const own = outlined.tasks
    .filter((task) => task.source === source && !taken.has(task.id))
    .map(({ id, title }) => ({ text: id, label: id, detail: title }));
  const others: Task[] = [];
  for (const task of plan.tasks.values()) {
    if (task.source !== source && !taken.has(task.key)) {
      others.push(task);
    }
  }
  const foreign = others.map(({ key, title }) => ({ text: key, label: key, detail: title }));
  return limited([...unique(own), ...foreign], typed);
}

function unique(choices: readonly Choice[]): readonly Choice[] {
  return [...new Map(choices.map((each) => [each.text, each])).values()];
}

function limited(items: readonly Choice[], typed = ''): Choices {
  if (items.length <= MOST) {
    return { items, complete: true };
  }
  const wanted = typed.toLowerCase();
  const narrowed = items.filter(({ label }) => label.toLowerCase().includes(wanted));
  return { items: narrowed.slice(0, MOST), complete: false };
}
