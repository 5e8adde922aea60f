import picomatch from 'picomatch';

/** Files that count as plans, or not, despite their names. Globs, relative to the workspace. */
export interface PlanSelection {
  /** Files to read as plans, whatever their names. */
  readonly include?: readonly string[];
  /** Files never to read; overrides `include`. */
  readonly exclude?: readonly string[];
}

type Matches = (path: string) => boolean;

/** Matches paths against the user's selection. Includes and excludes nothing by default. */
export interface Selector {
  readonly included: Matches;
  readonly excluded: Matches;
  /** Whether an include glob names this folder, or a path in it, before its first wildcard. */
  readonly entered: Matches;
}

export function selector({ include = [], exclude = [] }: PlanSelection): Selector {
  const named = normalise(include);
  const bases = named.map((glob) => `${picomatch.scan(glob).base}/`);
  return {
    included: matcher(named),
    excluded: matcher(normalise(exclude)),
    entered: (folder) => bases.some((base) => base.startsWith(`${folder}/`)),
  };
}

function normalise(globs: readonly string[]): readonly string[] {
  return globs.map((glob) => glob.trim().replace(/^\.?\//, '')).filter((glob) => glob !== '');
}

/** Returns a matcher of globs. As in VS Code's own settings, `docs` and `docs/` match everything in that folder. */
function matcher(globs: readonly string[]): Matches {
  const patterns = globs.flatMap((glob) => [glob, `${glob.replace(/\/+$/, '')}/**`]);
  return patterns.length === 0 ? () => false : picomatch(patterns, { dot: true });
}
