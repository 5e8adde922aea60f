import { pathsWithin, plainPath } from './plain-paths.ts';

/** Facts that attribute changes to attempts. Paths are relative to the workspace, with `/`. */
export interface AttributionFacts {
  /** Files whose content differs from before the attempt. */
  readonly changed: readonly string[];
  /** Files that the task's own attempts named in their tool events. */
  readonly edits: readonly string[];
  /** Files and folders that the task itself names. */
  readonly files: readonly string[];
  /** Files that other attempts named whose time overlapped with this one. */
  readonly otherEdits: readonly string[];
  /** Files and folders that the tasks of those attempts name. */
  readonly otherFiles: readonly string[];
  /** Whether any other attempt overlapped in time. */
  readonly overlapping: boolean;
}

/** The changed files, each in one list, or in none if only others named it. */
export interface Attribution {
  /** Files attributed to the attempt. */
  readonly own: readonly string[];
  /** The part of `own` that only the task names: no agent reported writing them. */
  readonly declared: readonly string[];
  /** Files that neither agents nor tasks named: a shell or a person wrote them. */
  readonly unnamed: readonly string[];
}

/**
 * Attributes changed files to an attempt: those that its tool events name, and those that the task itself names unless
 * another attempt named them. Unnamed files count only if the attempt overlapped with no other and no named file is its
 * own: otherwise any agent that ran at the same time may have written them.
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
