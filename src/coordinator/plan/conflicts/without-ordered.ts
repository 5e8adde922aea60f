import type { TaskKey } from '../../../shared/ids.ts';
import type { Task } from '../../schema/task.ts';
import { BitRows, WORD_BITS } from '../graph/bit-rows.ts';
import { type OpenGraph, openGraph } from '../graph/open-graph.ts';

/** Tasks that share a path: those in `naming` conflict with all others, those in `inside` only with `naming`. */
export interface Encounter {
  readonly naming: readonly TaskKey[];
  readonly inside: readonly TaskKey[];
}

/** Members processed together: bounds the memory to this many bits per task. */
const BATCH = 1024;
/** Maximum number of steps (32 pairs each) of a forecast; beyond it, dependencies are ignored. */
const MOST_LOOKS = 2 ** 24;

/**
 * Removes members that dependencies order relative to every other member of the encounter, directly or by a chain of
 * open tasks (finished tasks order nothing), and encounters without members. A bit set per task propagates along the
 * dependencies, one bit for each member, so that a plan of 10,000 tasks that all name one file takes milliseconds. A
 * plan that would take far longer is treated as if it had no dependencies: it warns too often.
 */
export function withoutOrdered<T extends Encounter>(
  encounters: readonly T[],
  tasks: ReadonlyMap<TaskKey, Task>,
): readonly T[] {
  const members = encounters.flatMap(({ naming, inside }) => [...naming, ...inside]);
  const graph = openGraph(members, tasks);
  const looks = (graph.edges + graph.order.length) * Math.ceil(members.length / WORD_BITS);
  if (graph.edges === 0 || looks > MOST_LOOKS) {
    return encounters;
  }
  return batches(encounters).flatMap((batch) => reduce(batch, graph));
}

function sizeOf({ naming, inside }: Encounter): number {
  return naming.length + inside.length;
}

function batches<T extends Encounter>(encounters: readonly T[]): readonly (readonly T[])[] {
  const found: T[][] = [];
  let size = BATCH;
  for (const each of encounters) {
    if (size >= BATCH) {
      found.push([]);
      size = 0;
    }
    found.at(-1)?.push(each);
    size += sizeOf(each);
  }
  return found;
}

function reduce<T extends Encounter>(batch: readonly T[], graph: OpenGraph): readonly T[] {
  const places = batch.flatMap(({ naming, inside }) =>
    [...naming, ...inside].map((key) => graph.places.get(key) ?? 0),
  );
  const before = seeded(graph, places);
  const after = seeded(graph, places);
  const links = linksOf(graph);
  for (const [place, dependency] of links) {
    before.merge(place, dependency);
  }
  for (const [place, dependency] of links.reverse()) {
    after.merge(dependency, place);
  }
  let first = 0;
  return batch.flatMap((each) => {
    const from = first;
    first += sizeOf(each);
    return meeting(each, (member, most) => {
      const place = places[from + member] ?? 0;
      const end = from + most;
      return before.count(place, from, end) + after.count(place, from, end);
    });
  });
}

/** Rows with one bit for each member, set in the row of its task. */
function seeded(graph: OpenGraph, places: readonly number[]): BitRows {
  const rows = new BitRows(graph.order.length, places.length);
  for (const [bit, place] of places.entries()) {
    rows.set(place, bit);
  }
  return rows;
}

/**
 * Pairs of task and dependency by position, ordered so that all predecessors of a task are known before its own links.
 */
function linksOf({ order, places }: OpenGraph): [number, number][] {
  return order.flatMap(({ dependencies }, place) =>
    dependencies.flatMap((key): [number, number][] => {
      const before = places.get(key);
      // Tasks in a cycle never run.
      return before !== undefined && before < place ? [[place, before]] : [];
    }),
  );
}

/**
 * The unordered members of an encounter. `related`: how many of its first `most` members come before or after a member,
 * which counts itself twice.
 */
function meeting<T extends Encounter>(
  encounter: T,
  related: (member: number, most: number) => number,
): readonly T[] {
  const { naming, inside } = encounter;
  const size = sizeOf(encounter);
  const left = {
    ...encounter,
    naming: naming.filter((_, member) => related(member, size) - 2 < size - 1),
    inside: inside.filter(
      (_, member) => related(naming.length + member, naming.length) < naming.length,
    ),
  };
  return sizeOf(left) > 1 ? [left] : [];
}
