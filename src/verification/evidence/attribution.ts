import { pathsWithin, plainPath } from './plain-paths.ts';

/** Whose changes are whose. Paths relative to the workspace, with `/`. */
export interface AttributionFacts {
  /** Files whose content differs from before the attempt. */
  readonly changed: readonly string[];
  /** What the task's own attempts named in their tool events. */
  readonly edits: readonly string[];
  /** Files and folders that the task itself names. */
  readonly files: readonly string[];
  /** What other attempts that overlapped in time named. */
  readonly otherEdits: readonly string[];
  /** Files and folders that the tasks of these name. */
  readonly otherFiles: readonly string[];
  /** Whether any other attempt overlapped in time. */
  readonly overlapping: boolean;
}

/** The changed files, each in one place or, where only others named it, in none. */
export interface Attribution {
  /** Put down to the attempt. */
  readonly own: readonly string[];
  /** Of these, the ones that only the task names, and that no agent said it wrote. */
  readonly declared: readonly string[];
  /** Nobody named them: a shell wrote them, or a person. */
  readonly unnamed: readonly string[];
}

/**
 * Puts changed files down to an attempt: those that its tool events name, and those that the task itself names unless
 * another attempt named them. What nobody named counts only for one that was alone in time and named nothing: anybody
 * who worked at the same time may have written it.
 */
export function attribute(facts: AttributionFacts): Attribution {
  const { changed, files, overlapping } = facts;
  const edits = new Set(facts.edits.map(plainPath));
  const others = new Set(facts.otherEdits.map(plainPath));
  const isDeclared = pathsWithin(files);
  const declared = changed.filter(
    (path) => !edits.has(path) && !others.has(path) && isDeclared(path),
  );
  const known = new Set(declared);
  const own = changed.filter((path) => edits.has(path) || known.has(path));
  if (own.length === 0 && !overlapping) {
    return { own: changed, declared: [], unnamed: [] };
  }
  const claimed = new Set([...own, ...others]);
  const isTheirs = pathsWithin(facts.otherFiles);
  const unnamed = changed.filter((path) => !claimed.has(path) && !isTheirs(path));
  return { own, declared, unnamed };
}
