import type { Plan, Task } from '../../../coordinator/schema/task.ts';
import { SEQUENTIAL, type SourceId } from '../../../shared/ids.ts';
import type { OutlinedTask } from '../../../tasks/format/outline.ts';
import type { OutlinedPlan } from '../plan/outlined-plan.ts';

/** A completion item; items are listed in their order. */
export interface Choice {
  /** The text to insert. */
  readonly text: string;
  readonly label: string;
  /** Description next to the label. */
  readonly detail: string;
}

export interface Choices {
  readonly items: readonly Choice[];
  /** `false` if the list is truncated; more typed text may bring up other items. */
  readonly complete: boolean;
}

/** The most items to list; users narrow a longer list by typing. */
const MOST = 1000;

/**
 * The groups of a source, from the current text of the document, followed by those of other sources. Ignores the marker
 * of `from`, which the user is typing: a partial name must not be offered as a group.
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
    // Inferred groups have no marker that could be repeated.
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
 * The tasks that a task can depend on: those of its source by id, others by key. Excludes the task itself and its
 * present dependencies; `typed` narrows long lists.
 */
export function dependencyChoices(
  plan: Plan,
  outlined: OutlinedPlan,
  from: OutlinedTask | undefined,
  source: SourceId,
  typed: string,
): Choices {
  const listed = (from?.dependencies ?? []).map(({ written }) => written);
  // The text that the user is typing is part of the document and may already be a valid id.
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
