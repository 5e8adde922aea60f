/** The number of attempts that a run can use: those that are live and those that it could start at once. */
export interface Demand {
  readonly live: number;
  readonly wants: number;
}

/**
 * Divides a window's places among its runs in turns, one place at a time. No run gets more than it can use, and no run
 * gets less than its fair part so that another can have more.
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
