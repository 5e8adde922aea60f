import type { IdentifiedItem } from '../markdown/identify-items.ts';
import type { ChecklistItem } from '../markdown/items/checklist-items.ts';
import { boxStatus } from '../markdown/read-checklist.ts';
import type { Section } from '../markdown/sections.ts';

/** The ids of a task's `(depends on …)`; `null` where it has none. */
type ExplicitOf = (each: IdentifiedItem) => readonly string[] | null;

/** In a phase with more tasks than this, a task waits only for the `[P]` tasks just before it. */
const MANY = 500;

/**
 * The ids that tasks without `[P]` wait for within their phase: the unfinished `[P]` tasks before them. Only `[P]` says
 * that a task needs none of its neighbours; those without it run one after another anyway. Tasks that state their
 * dependencies wait for those alone; steps inside a task are part of it.
 */
export function turnsWithin(
  phases: readonly Section[],
  explicitOf: ExplicitOf,
): ReadonlyMap<ChecklistItem, readonly string[]> {
  const turns = new Map<ChecklistItem, readonly string[]>();
  const places = placesOf(phases);
  for (const { items } of phases) {
    let parallel: string[] = [];
    let goesOn = false;
    for (const each of items.filter(isOpenTask)) {
      const explicit = explicitOf(each);
      if (each.labels.includes('P')) {
        if (!goesOn && items.length > MANY) {
          parallel = [];
        }
        goesOn = true;
        if (!waitsForLater(each, explicit ?? [], places)) {
          parallel.push(each.id);
        }
      } else {
        goesOn = false;
        if (explicit === null) {
          turns.set(each.item, [...parallel]);
        }
      }
    }
  }
  return turns;
}

/** Of tasks that share an id only the first will be in the plan. */
function placesOf(phases: readonly Section[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (const { id } of phases.flatMap(({ items }) => items)) {
    if (!places.has(id)) {
      places.set(id, places.size);
    }
  }
  return places;
}

/** Waiting for such a task could be waiting for oneself. */
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
