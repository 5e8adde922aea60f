/** The exit codes of the command line; scripts rely on them. */
export const EXIT = {
  completed: 0,
  /** A task or the test suite failed. */
  failed: 1,
  /** Usage, bad input, an unknown group, nothing to wait for, not approved. */
  refused: 2,
  /** Blocked tasks remain. */
  blocked: 3,
  timedOut: 4,
  cancelled: 130,
} as const;

const PRECEDENCE: readonly number[] = [
  EXIT.refused,
  EXIT.cancelled,
  EXIT.timedOut,
  EXIT.failed,
  EXIT.blocked,
];

/** Combines the exit codes of several results into one. */
export function overallExitCode(codes: readonly number[]): number {
  return PRECEDENCE.find((code) => codes.includes(code)) ?? EXIT.completed;
}
