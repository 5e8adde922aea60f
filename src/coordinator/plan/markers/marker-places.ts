import { bracketMarkers } from './bracket-markers.ts';
import {
  type DependencyItem,
  type DependencyMarker,
  dependencyMarkers,
  idPlace,
} from './dependency-markers.ts';
import { filesLines } from './files-line.ts';
import {
  almostGroupMarkers,
  type AlmostMarker,
  type GroupMarker,
  groupMarkers,
} from './group-marker.ts';
import { blank, type MarkedText, type Span } from './marked-text.ts';
import { backTickedPath, type ListedPath, pathPlace, placedPaths } from './paths.ts';
import { runLines, testLines } from './run-line.ts';

/** A dependency in a text, and its range. */
export interface PlacedDependency {
  readonly written: string;
  readonly span: Span;
  /** Range to delete to remove it; `null` if it is the only one of its marker. */
  readonly removal: Span | null;
  /** The whole `(depends on …)`. */
  readonly marker: Span;
}

/** Ranges of the markers that an editor shows and edits. */
export interface MarkerPlaces {
  /** The first one counts. */
  readonly groups: readonly GroupMarker[];
  readonly dependencies: readonly PlacedDependency[];
  readonly files: readonly ListedPath[];
  readonly almost: readonly AlmostMarker[];
}

/** Finds the markers that `parseMarkers` reads, with their ranges. Slower. */
export function markerPlaces(marked: MarkedText): MarkerPlaces {
  const { text, code } = marked;
  const prose = blank(text, code);
  const groups = groupMarkers(prose);
  return {
    groups,
    dependencies: dependencyMarkers(prose, text).flatMap((marker) => placed(marker, text)),
    files: filePlaces(marked, prose),
    almost: almostGroupMarkers(prose, groups),
  };
}

function placed(marker: DependencyMarker, text: string): readonly PlacedDependency[] {
  const { items, start, end } = marker;
  return items.map((item, index) => ({
    written: item.id,
    span: idPlace(item, text),
    removal: itemRemoval(items[index - 1], item, items[index + 1]),
    marker: { start, end },
  }));
}

function itemRemoval(
  before: DependencyItem | undefined,
  { piece }: DependencyItem,
  after: DependencyItem | undefined,
): Span | null {
  if (before !== undefined) {
    return { start: before.piece.end, end: piece.end };
  }
  return after === undefined ? null : { start: piece.start, end: after.piece.start };
}

function filePlaces(marked: MarkedText, prose: string): readonly ListedPath[] {
  const { text, code } = marked;
  const brackets = bracketMarkers(prose, text);
  const lines = filesLines(prose, text);
  const lists = [...brackets.filter(({ name }) => name === 'files'), ...lines].flatMap(
    ({ content, from }) =>
      placedPaths(content).map(({ path, start, end }) => ({
        path,
        start: from + start,
        end: from + end,
      })),
  );
  const claimed = [...brackets, ...lines, ...runLines(marked), ...testLines(marked)];
  const quoted = code.flatMap((span) => {
    const path = claimed.some((each) => each.start <= span.start && span.end <= each.end)
      ? null
      : backTickedPath(span.value);
    return path === null ? [] : [{ path, ...pathPlace(text, span, path) }];
  });
  return [...lists, ...quoted].sort((a, b) => a.start - b.start);
}
