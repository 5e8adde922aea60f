import type { MetricsView } from '../../shared/view-models/group-views.ts';
import { addTally, type AttemptStats, createTally, rowOf } from './attempt-stats.ts';
import type { RunMeasure } from './measure.ts';

/** The metrics of one run as they are shown, by agent and by subagent, each in alphabetical order. */
export function summarize({ cells }: RunMeasure): MetricsView {
  const agents = new Tallies();
  const subagents = new Tallies();
  const total = createTally();
  for (const { agent, subagent, tally } of cells.values()) {
    agents.add(agent, tally);
    subagents.add(subagent, tally);
    addTally(total, tally);
  }
  return {
    total: rowOf('', total),
    agents: agents.sorted().map(([name, tally]) => rowOf(name, tally)),
    subagents: subagents.sorted().map(([name, tally]) => rowOf(name, tally)),
  };
}

/** Tallies by name, each the sum of what was added under it. */
export class Tallies {
  readonly #known = new Map<string, AttemptStats>();

  add(name: string, tally: AttemptStats): void {
    const sum = this.#known.get(name) ?? createTally();
    addTally(sum, tally);
    this.#known.set(name, sum);
  }

  /** In alphabetical order. */
  sorted(): [string, AttemptStats][] {
    return [...this.#known].sort(([a], [b]) => (a < b ? -1 : 1));
  }
}
