import type { Span } from '../../coordinator/plan/markers/marked-text.ts';
import type { SourceId } from '../../shared/ids.ts';

/** The positions of tasks and markers in a plan; offsets in UTF-16 units of the text without byte order mark. */
export interface Outline {
  /** In the order of the text. */
  readonly tasks: readonly OutlinedTask[];
}

/** One task and its position in the text. */
export interface OutlinedTask {
  readonly source: SourceId;
  readonly id: string;
  readonly fingerprint: string;
  readonly title: string;
  /** The whole task, including nested tasks. */
  readonly span: Span;
  /** The first line in a checklist, the opening brace in JSON: the place for a CodeLens or a decoration. */
  readonly head: Span;
  /** The id in the text, without `#` or brackets; `null` if the id is derived from the text. */
  readonly idSpan: Span | null;
  /** The effective group marker. */
  readonly group: OutlinedGroup | null;
  /** Further group markers, which have no effect. */
  readonly otherGroups: readonly OutlinedGroup[];
  /** Every written dependency, one by one, in order. */
  readonly dependencies: readonly OutlinedDependency[];
  /** The files that the task names. */
  readonly files: readonly { readonly path: string; readonly span: Span }[];
  /** Near misses of group markers, each with the probable intention. */
  readonly almostMarkers: readonly { readonly span: Span; readonly suggestion: string }[];
}

/** One group marker; `span` covers all of it, including the brackets. */
export interface OutlinedGroup {
  readonly id: string;
  readonly span: Span;
  /** The id alone. */
  readonly idSpan: Span;
  /** The span to delete to remove the marker: includes one space, or the whole line if the marker is alone on it. */
  readonly removal: Span;
}

/** One dependency as written. */
export interface OutlinedDependency {
  /** A short id or a key. */
  readonly written: string;
  /** The id alone. */
  readonly span: Span;
  /** The span to delete to remove the dependency: includes its comma, or all of a `(depends on …)` with no other. */
  readonly removal: Span;
  /** Whether it is in a separate list (`"dependencies": […]`) rather than in a `(depends on …)`. */
  readonly inList: boolean;
}
