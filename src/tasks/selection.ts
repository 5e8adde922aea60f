import picomatch from 'picomatch';

/** Which files count as plans beside, or although, their names. Globs, relative to the workspace. */
export interface PlanSelection {
  /** Read as plans whatever they are called. */
  readonly include?: readonly string[];
  /** Never read, and stronger than `include`. */
  readonly exclude?: readonly string[];
}

type Matches = (path: string) => boolean;

/** Tells by path what a person wants read or left alone; nothing is included or excluded where nothing is said. */
export function selector({ include = [], exclude = [] }: PlanSelection): {
  readonly included: Matches;
  readonly excluded: Matches;
} {
  return { included: matcher(include), excluded: matcher(exclude) };
}

/** As in VS Code's own settings: `docs` and `docs/` mean everything in that folder. */
function matcher(globs: readonly string[]): Matches {
  const patterns = globs
    .map((glob) => glob.trim().replace(/^\.?\//, ''))
    .filter((glob) => glob !== '')
    .flatMap((glob) => [glob, `${glob.replace(/\/+$/, '')}/**`]);
  return patterns.length === 0 ? () => false : picomatch(patterns, { dot: true });
}
