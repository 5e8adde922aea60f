/**
 * Returns ms since an arbitrary moment in the past; never jumps with the wall clock. `performance.now()` would load a
 * part of Node that adds a twentieth to the runner's start.
 */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
