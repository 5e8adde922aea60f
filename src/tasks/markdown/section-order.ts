import type { IdentifiedItem } from './identify-items.ts';
import type { ChecklistItem } from './items/checklist-items.ts';
import { boxStatus } from './read-checklist.ts';
import type { Section } from './sections.ts';

/** More pairs of tasks than this are not written out between two sections. */
const MAX_PAIRS = 250_000;

const NONE: readonly string[] = [];

/**
 * The ids that each task waits for because its section comes after others: all unfinished tasks before, as far as they do
 * not wait for one another in the same way. Tasks whose dependencies are written out (`isExplicit`) wait for those alone.
 */
export function sectionOrder(
  sections: readonly Section[],
  isExplicit: (item: IdentifiedItem) => boolean,
): ReadonlyMap<ChecklistItem, readonly string[]> {
  const order = new Map<ChecklistItem, readonly string[]>();
  const seen = new Set<string>();
  let before = NONE;
  for (const { items } of sections) {
    // Of tasks that share an id only the first will be in the plan.
    const own = items.filter(({ id }) => !seen.has(id) && seen.add(id));
    const waiting = own.filter((each) => !isExplicit(each));
    wait(waiting, before, order);
    const open = own.filter(isOpen).map(({ id }) => id);
    // One unfinished task that waits for everything before stands for all of it.
    before = waiting.some(isOpen) ? open : [...before, ...open];
  }
  return order;
}

/** Whether an item has a `(depends on …)`, be it `(depends on nothing)`. `text`: of the plan. */
export function statesDependencies({ text: words }: IdentifiedItem, text: string): boolean {
  const { markers, offset } = words;
  return (
    markers.dependencies.length > 0 ||
    markers.spans.some(({ start, end }) =>
      /^\(\s*depends\s/i.test(text.slice(offset + start, offset + end)),
    )
  );
}

function wait(
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
 * Between two sections of hundreds of tasks each, writing out every pair would take more memory than the plan is worth:
 * there all wait for one task of their section, and that one for the section before. It has no parts, because those would
 * wait for it and it for them.
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
