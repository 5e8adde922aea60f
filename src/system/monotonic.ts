/**
 * ms since some moment in the past; never jumps with the clock on the wall. `performance.now()` would load a part of Node
 * that costs the runner a twentieth of its start.
 */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
