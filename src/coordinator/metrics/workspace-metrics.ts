import { asGroupId, asSourceId, type GroupKey, groupKey } from '../../shared/ids.ts';
import type { TaskStatus } from '../../shared/status.ts';
import type { MetricsRow } from '../../shared/view-models/group-views.ts';
import type { RunSpec } from '../schema/run-spec.ts';
import { addAttemptStats, type AttemptStats, createAttemptStats, rowOf } from './attempt-stats.ts';
import type { RunMeasure } from './measure.ts';
import { StatsByName } from './summary.ts';

/** Statistics of one agent as one subagent in all runs of one group. */
export interface GroupCell {
  readonly source: string;
  readonly group: string;
  readonly subagent: string;
  readonly agent: string;
  readonly stats: AttemptStats;
}

/** Number of runs of one group with the same status. */
export interface RunCount {
  readonly source: string;
  readonly group: string;
  readonly status: TaskStatus;
  count: number;
}

/** The metrics of any number of runs, added one run at a time. */
export class WorkspaceMetrics {
  readonly #cells = new Map<string, GroupCell>();
  readonly #runs = new Map<string, RunCount>();

  /** `status`: final status, or `in_progress`. */
  add({ source, groupId: group }: RunSpec, status: TaskStatus, run: RunMeasure): void {
    const place = JSON.stringify([source, group, status]);
    const known = this.#runs.get(place) ?? { source, group, status, count: 0 };
    known.count += 1;
    this.#runs.set(place, known);
    for (const { subagent, agent, stats } of run.cells.values()) {
      const key = JSON.stringify([source, group, subagent, agent]);
      const cell = this.#cells.get(key) ?? {
        source,
        group,
        subagent,
        agent,
        stats: createAttemptStats(),
      };
      addAttemptStats(cell.stats, stats);
      this.#cells.set(key, cell);
    }
  }

  /** In an order that is independent of the order of the runs. */
  cells(): GroupCell[] {
    return sorted(this.#cells);
  }

  runs(): RunCount[] {
    return sorted(this.#runs);
  }

  /** Sums of all cells with the same name, in alphabetical order. */
  by(nameOf: (cell: GroupCell) => string): [string, AttemptStats][] {
    const statsByName = new StatsByName();
    for (const cell of this.#cells.values()) {
      statsByName.add(nameOf(cell), cell.stats);
    }
    return statsByName.sorted();
  }

  /** Like `by`, as rows of a view. */
  rows(nameOf: (cell: GroupCell) => string): MetricsRow[] {
    return this.by(nameOf).map(([name, stats]) => rowOf(name, stats));
  }
}

/** A group's key, as commands accept it. */
export function groupNameOf({ source, group }: Pick<GroupCell, 'source' | 'group'>): GroupKey {
  return groupKey(asSourceId(source), asGroupId(group));
}

function sorted<T>(map: ReadonlyMap<string, T>): T[] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
}
