/** What a run could use just now: its live attempts and those that it could start at once. */
export interface Demand {
  readonly live: number;
  readonly wants: number;
}

/**
 * Splits the places of a window: one after another to each run that can still use one, in turns. Nobody gets more than
 * it can use, and nobody less than its part for another's sake.
 */
export function allocateFairly(limit: number, demands: readonly Demand[]): number[] {
  const shares = demands.map(() => 0);
  let left = limit;
  for (let gave = true; gave && left > 0;) {
    gave = false;
    for (const [place, { wants }] of demands.entries()) {
      const share = shares[place] ?? 0;
      if (left > 0 && share < wants) {
        shares[place] = share + 1;
        left -= 1;
        gave = true;
      }
    }
  }
  return shares;
}
