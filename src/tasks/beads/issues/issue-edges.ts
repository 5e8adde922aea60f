import type { Issue } from './issue-schema.ts';

/** Of all types of dependencies, those that hold an issue back; belonging to an epic does not. */
const BLOCKING: ReadonlySet<string> = new Set(['blocks', 'conditional-blocks', 'waits-for']);
const CHILD = 'parent-child';

/** How issues depend on one another. */
export interface Edges {
  /** The ids that hold an issue back until they are done, in its order. */
  blockers(issue: Issue): readonly string[];
  /** Those of them that there are. */
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

/** The ids that open issues wait for and that are not among them: bd lists gates and its tools' own issues only when asked. */
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
