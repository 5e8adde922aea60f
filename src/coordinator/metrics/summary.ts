import type { MetricsView } from '../../shared/view-models/group-views.ts';
import { addAttemptStats, type AttemptStats, createAttemptStats, rowOf } from './attempt-stats.ts';
import type { RunMeasure } from './measure.ts';

/** The metrics of one run by agent and by subagent, each in alphabetical order. */
export function summarize({ cells }: RunMeasure): MetricsView {
  const agents = new StatsByName();
  const subagents = new StatsByName();
  const total = createAttemptStats();
  for (const { agent, subagent, stats } of cells.values()) {
    agents.add(agent, stats);
    subagents.add(subagent, stats);
    addAttemptStats(total, stats);
  }
  return {
    total: rowOf('', total),
    agents: agents.sorted().map(([name, stats]) => rowOf(name, stats)),
    subagents: subagents.sorted().map(([name, stats]) => rowOf(name, stats)),
  };
}

/** Sums of statistics by name. */
export class StatsByName {
  readonly #known = new Map<string, AttemptStats>();

  add(name: string, stats: AttemptStats): void {
    const sum = this.#known.get(name) ?? createAttemptStats();
    addAttemptStats(sum, stats);
    this.#known.set(name, sum);
  }

  /** In alphabetical order. */
  sorted(): [string, AttemptStats][] {
    return [...this.#known].sort(([a], [b]) => (a < b ? -1 : 1));
  }
}
