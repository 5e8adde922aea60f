/** The oldest and the newest tested version of a program, such as `2.1.329`. */
export interface TestedVersions {
  readonly oldest: string;
  readonly newest: string;
}

/**
 * `version` if it was never tested; else `null`. The last number does not count, because programs that release every day
 * change it for small fixes.
 */
export function untestedVersion(
  version: string | undefined,
  { oldest, newest }: TestedVersions,
): string | null {
  const [reported, from, to] = [version ?? '', oldest, newest].map(rank);
  if (version === undefined || reported === undefined || Number.isNaN(reported)) {
    return null;
  }
  return reported < (from ?? 0) || reported > (to ?? 0) ? version : null;
}

function rank(version: string): number {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(version) ?? [];
  return Number(major) * 10_000 + Number(minor);
}
