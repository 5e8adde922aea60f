import type { IdentifiedItem } from '../markdown/identify-items.ts';
import type { ChecklistItem } from '../markdown/items/checklist-items.ts';
import { boxStatus } from '../markdown/read-checklist.ts';
import type { Section } from '../markdown/sections.ts';

/** Returns the ids of a task's `(depends on …)`; `null` if it has none. */
type ExplicitOf = (each: IdentifiedItem) => readonly string[] | null;

/** Number of tasks in a phase above which a task waits only for the `[P]` tasks just before it. */
const MANY_TASKS = 500;

/**
 * Returns the ids that tasks without `[P]` wait for within their phase: the unfinished `[P]` tasks before them. Only
 * `[P]` states that a task needs none of its neighbours; those without it run one after another anyway. Tasks that
 * state their dependencies wait for those alone; steps inside a task are part of it.
 */
export function turnsWithin(
  phases: readonly Section[],
  explicitOf: ExplicitOf,
): ReadonlyMap<ChecklistItem, readonly string[]> {
  const turns = new Map<ChecklistItem, readonly string[]>();
  const places = placesOf(phases);
  for (const { items } of phases) {
    let parallel: string[] = [];
    let inRun = false;
    for (const each of items.filter(isOpenTask)) {
      const explicit = explicitOf(each);
      if (each.labels.includes('P')) {
        if (!inRun && items.length > MANY_TASKS) {
          parallel = [];
        }
        inRun = true;
        if (!waitsForLater(each, explicit ?? [], places)) {
          parallel.push(each.id);
        }
      } else {
        inRun = false;
        if (explicit === null) {
          turns.set(each.item, [...parallel]);
        }
      }
    }
  }
  return turns;
}

/** Returns the position of each id. Of tasks that share an id, only the first gets into the plan. */
function placesOf(phases: readonly Section[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (const { id } of phases.flatMap(({ items }) => items)) {
    if (!places.has(id)) {
      places.set(id, places.size);
    }
  }
  return places;
}

/** Whether a task waits for a later one. Waiting for such a task could create a cycle. */
function waitsForLater(
  { id }: IdentifiedItem,
  explicit: readonly string[],
  places: ReadonlyMap<string, number>,
): boolean {
  const own = places.get(id) ?? 0;
  return explicit.some((each) => (places.get(each) ?? -1) > own);
}

function isOpenTask({ item }: IdentifiedItem): boolean {
  return item.parent === null && boxStatus(item.mark)?.status !== 'completed';
}
