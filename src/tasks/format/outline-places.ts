import { groupIdSpan } from '../../coordinator/plan/markers/group-marker.ts';
import type { Span } from '../../coordinator/plan/markers/marked-text.ts';
import type { MarkerPlaces } from '../../coordinator/plan/markers/marker-places.ts';
import type { OutlinedTask } from './outline.ts';

type OutlinedMarkers = Pick<
  OutlinedTask,
  'group' | 'otherGroups' | 'dependencies' | 'files' | 'almostMarkers'
>;

/**
 * Returns the markers of one text with their places in the plan. `inPlan`: maps a span of the text to the plan;
 * `removal`: returns the span of the plan to delete to remove a whole marker.
 */
export function outlinePlaces(
  places: MarkerPlaces,
  inPlan: (span: Span) => Span,
  removal: (marker: Span) => Span,
): OutlinedMarkers {
  const [group = null, ...otherGroups] = places.groups.map((each) => ({
    id: each.id,
    span: inPlan(each),
    idSpan: inPlan(groupIdSpan(each)),
    removal: removal(each),
  }));
  return {
    group,
    otherGroups,
    dependencies: places.dependencies.map((each) => ({
      written: each.written,
      span: inPlan(each.span),
      removal: each.removal === null ? removal(each.marker) : inPlan(each.removal),
      inList: false,
    })),
    files: places.files.map((each) => ({ path: each.path, span: inPlan(each) })),
    almostMarkers: places.almost.map((each) => ({
      span: inPlan(each),
      suggestion: each.suggestion,
    })),
  };
}

/** Merges the markers of several texts of one task; the first text with a group decides the group. */
export function joinPlaces(texts: readonly OutlinedMarkers[]): OutlinedMarkers {
  const [group = null, ...otherGroups] = texts.flatMap((each) =>
    each.group === null ? [] : [each.group, ...each.otherGroups],
  );
  return {
    group,
    otherGroups,
    dependencies: texts.flatMap(({ dependencies }) => dependencies),
    files: texts.flatMap(({ files }) => files),
    almostMarkers: texts.flatMap(({ almostMarkers }) => almostMarkers),
  };
}
