import type { Issue } from './issue-schema.ts';

/** The dependency types that block an issue; membership in an epic does not. */
const BLOCKING: ReadonlySet<string> = new Set(['blocks', 'conditional-blocks', 'waits-for']);
const CHILD = 'parent-child';

/** The dependencies between issues. */
export interface Edges {
  /** Returns the ids of the issues that must be done before this one, in its order. */
  blockers(issue: Issue): readonly string[];
  /** Returns those blockers that exist. */
  knownBlockers(issue: Issue): readonly string[];
  hasChildren(issue: Issue): boolean;
}

/** Reads the dependencies of issues. */
export function edgesOf(issues: readonly Issue[]): Edges {
  const ids = new Set(issues.map(({ id }) => id));
  const parents = new Set(issues.flatMap(parentsOf));
  const blockers = ({ dependencies }: Issue): readonly string[] =>
    (dependencies ?? []).filter(({ type }) => BLOCKING.has(type)).map(({ on }) => on);
  return {
    blockers,
    knownBlockers: (issue) => blockers(issue).filter((id) => ids.has(id)),
    hasChildren: ({ id }) => parents.has(id),
  };
}

/** Returns the blockers of open issues that are not listed: bd hides gates and its tools' own issues by default. */
export function missingBlockers(issues: readonly Issue[]): readonly string[] {
  const edges = edgesOf(issues);
  const ids = new Set(issues.map(({ id }) => id));
  const open = issues.filter(({ status }) => status !== 'closed');
  return [...new Set(open.flatMap((issue) => edges.blockers(issue)))].filter((id) => !ids.has(id));
}

function parentsOf({ parent, dependencies }: Issue): readonly string[] {
  const named = (dependencies ?? []).filter(({ type }) => type === CHILD).map(({ on }) => on);
  return typeof parent === 'string' ? [parent, ...named] : named;
}
