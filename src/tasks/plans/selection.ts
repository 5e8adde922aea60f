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
export interface Selector {
  readonly included: Matches;
  readonly excluded: Matches;
  /** Whether a glob of the included names this folder, or something in it, without wildcards before. */
  readonly entered: Matches;
}

export function selector({ include = [], exclude = [] }: PlanSelection): Selector {
  const named = tidy(include);
  const bases = named.map((glob) => `${picomatch.scan(glob).base}/`);
  return {
    included: matcher(named),
    excluded: matcher(tidy(exclude)),
    entered: (folder) => bases.some((base) => base.startsWith(`${folder}/`)),
  };
}

function tidy(globs: readonly string[]): readonly string[] {
  return globs.map((glob) => glob.trim().replace(/^\.?\//, '')).filter((glob) => glob !== '');
}

/** As in VS Code's own settings: `docs` and `docs/` mean everything in that folder. */
function matcher(globs: readonly string[]): Matches {
  const patterns = globs.flatMap((glob) => [glob, `${glob.replace(/\/+$/, '')}/**`]);
  return patterns.length === 0 ? () => false : picomatch(patterns, { dot: true });
}
