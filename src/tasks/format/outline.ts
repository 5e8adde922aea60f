import type { Span } from '../../coordinator/plan/markers/marked-text.ts';
import type { SourceId } from '../../shared/ids.ts';

/** Where everything stands in the text of a plan; offsets in UTF-16 units of the text without byte order mark. */
export interface Outline {
  /** In the order of the text. */
  readonly tasks: readonly OutlinedTask[];
}

/** One task as it stands in the text. */
export interface OutlinedTask {
  readonly source: SourceId;
  readonly id: string;
  readonly fingerprint: string;
  readonly title: string;
  /** All of the task, tasks nested in it included. */
  readonly span: Span;
  /** Its first line in a checklist, its opening brace in JSON: where a lens or a decoration belongs. */
  readonly head: Span;
  /** The id where it stands in the text, without `#` or brackets around it; `null` where it is made from the text. */
  readonly idSpan: Span | null;
  /** The group marker that counts. */
  readonly group: OutlinedGroup | null;
  /** Further markers, which do not count. */
  readonly otherGroups: readonly OutlinedGroup[];
  /** Every dependency that is written out, in order, each for itself. */
  readonly dependencies: readonly OutlinedDependency[];
  /** Files that it names. */
  readonly files: readonly { readonly path: string; readonly span: Span }[];
  /** Spellings that are almost group markers, and what was probably meant. */
  readonly almostMarkers: readonly { readonly span: Span; readonly suggestion: string }[];
}

/** One group marker; `span` is all of it, brackets included. */
export interface OutlinedGroup {
  readonly id: string;
  readonly span: Span;
  /** The id alone. */
  readonly idSpan: Span;
  /** What to delete to be rid of the marker: one space with it, or its line where it has one to itself. */
  readonly removal: Span;
}

/** One dependency as written. */
export interface OutlinedDependency {
  /** A short id or a key. */
  readonly written: string;
  /** The id alone. */
  readonly span: Span;
  /** What to delete to be rid of it: its comma too, or the whole `(depends on …)` where it is the only one. */
  readonly removal: Span;
  /** Whether it stands in a list of its own (`"dependencies": […]`) rather than in a `(depends on …)`. */
  readonly inList: boolean;
}
