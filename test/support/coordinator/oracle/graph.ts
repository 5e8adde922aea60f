import type { RunSpec } from '../../../../src/coordinator/schema/run-spec.ts';

/** Facts that follow from the plan alone; tasks are identified by their positions in it. */
export interface Graph {
  /** The dependencies of each task within this run. */
  readonly dependencies: readonly (readonly number[])[];
  /** Tasks that could be started one after another: excludes cycles and their dependents. */
  readonly startable: ReadonlySet<number>;
  /** Longest expected path from each task to the end, ms. */
  readonly paths: readonly number[];
}

const known = new WeakMap<RunSpec, Graph>();

/** Returns the graph of a plan, computed once. */
export function graphOf(plan: RunSpec): Graph {
  const graph = known.get(plan) ?? measure(plan);
  known.set(plan, graph);
  return graph;
}

function measure({ tasks }: RunSpec): Graph {
  const places = tasks.map((_, place) => place);
  const ours = places.filter(
    (place) => tasks[place]?.excluded === null && tasks[place].carriedFrom === null,
  );
  const dependencies = tasks.map(({ dependencies: keys }, place) =>
    ours.includes(place)
      ? ours.filter((other) => keys.some((key) => key === tasks[other]?.key))
      : [],
  );
  const startable = startableOf(dependencies);
  const lengthOf = (place: number): number => {
    const after = places.filter((other) => dependencies[other]?.includes(place));
    const own = tasks[place]?.estimateMs ?? 0;
    return startable.has(place) ? own + Math.max(0, ...after.map((each) => paths[each] ?? 0)) : 0;
  };
  // Each round corrects one more task of every path, until none is left.
  let paths = tasks.map(() => 0);
  for (let before = ''; before !== paths.join();) {
    before = paths.join();
    paths = places.map(lengthOf);
  }
  return { dependencies, startable, paths };
}

function startableOf(dependencies: readonly (readonly number[])[]): Set<number> {
  const found = new Set<number>();
  for (let size = -1; size < found.size;) {
    size = found.size;
    for (const [place, before] of dependencies.entries()) {
      if (before.every((dependency) => found.has(dependency))) {
        found.add(place);
      }
    }
  }
  return found;
}
