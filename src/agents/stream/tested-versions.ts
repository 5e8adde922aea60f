/** The oldest and the newest version of a program that was tested, such as `2.1.329`. */
export interface TestedVersions {
  readonly oldest: string;
  readonly newest: string;
}

/**
 * `version` if it is none of those that were tested; else `null`. The last of its numbers does not count: programs
 * that release every day change it for what does not concern us.
 */
export function untestedVersion(
  version: string | undefined,
  { oldest, newest }: TestedVersions,
): string | null {
  const [told, from, to] = [version ?? '', oldest, newest].map(rank);
  if (version === undefined || told === undefined || Number.isNaN(told)) {
    return null;
  }
  return told < (from ?? 0) || told > (to ?? 0) ? version : null;
}

function rank(version: string): number {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(version) ?? [];
  return Number(major) * 10_000 + Number(minor);
}
