import type { IdentifiedItem } from './identify-items.ts';
import type { ChecklistItem } from './items/checklist-items.ts';
import { boxStatus } from './read-checklist.ts';
import type { Section } from './sections.ts';

/** Maximum number of pairs of tasks to write out between two sections. */
const MAX_PAIRS = 250_000;

const NONE: readonly string[] = [];

/**
 * Returns the ids that each task waits for because its section follows others: all unfinished tasks of the earlier
 * sections, except those that such a task already waits for in the same way. A task whose dependencies are written out
 * (`isExplicit`) waits for those alone.
 */
export function sectionOrder(
  sections: readonly Section[],
  isExplicit: (item: IdentifiedItem) => boolean,
): ReadonlyMap<ChecklistItem, readonly string[]> {
  const order = new Map<ChecklistItem, readonly string[]>();
  const seen = new Set<string>();
  let before = NONE;
  for (const { items } of sections) {
    // Of tasks that share an id, only the first gets into the plan.
    const own = items.filter(({ id }) => !seen.has(id) && seen.add(id));
    const waiting = own.filter((each) => !isExplicit(each));
    addDependencies(waiting, before, order);
    const open = own.filter(isOpen).map(({ id }) => id);
    // One unfinished task that waits for all earlier tasks represents all of them.
    before = waiting.some(isOpen) ? open : [...before, ...open];
  }
  return order;
}

/** Whether an item has a `(depends on …)`, even `(depends on nothing)`. `text`: the text of the plan. */
export function statesDependencies({ text: words }: IdentifiedItem, text: string): boolean {
  const { markers, offset } = words;
  return (
    markers.dependencies.length > 0 ||
    markers.spans.some(({ start, end }) =>
      /^\(\s*depends\s/i.test(text.slice(offset + start, offset + end)),
    )
  );
}

function addDependencies(
  waiting: readonly IdentifiedItem[],
  before: readonly string[],
  order: Map<ChecklistItem, readonly string[]>,
): void {
  const gate = gateOf(waiting, before);
  for (const { item } of waiting) {
    order.set(item, gate === null || item === gate.item ? before : [gate.id]);
  }
}

/**
 * Returns the task through which all others of its section wait for the section before; `null` if there are few enough
 * pairs, or no suitable task. Between two sections of hundreds of tasks each, writing out every pair would cost more
 * memory than the plan is worth. The task has no parts, because those would wait for it and it for them.
 */
function gateOf(
  waiting: readonly IdentifiedItem[],
  before: readonly string[],
): IdentifiedItem | null {
  if (waiting.length * before.length <= MAX_PAIRS) {
    return null;
  }
  return waiting.find((each) => isOpen(each) && each.item.children.length === 0) ?? null;
}

function isOpen({ item }: IdentifiedItem): boolean {
  return boxStatus(item.mark)?.status !== 'completed';
}
