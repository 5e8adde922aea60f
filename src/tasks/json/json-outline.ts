import type { Node } from 'jsonc-parser';
import { fingerprints } from '../../coordinator/plan/identity.ts';
import type { Span } from '../../coordinator/plan/markers/marked-text.ts';
import { markerPlaces } from '../../coordinator/plan/markers/marker-places.ts';
import { pathPlace, tidyPath } from '../../coordinator/plan/markers/paths.ts';
import { markerRemoval } from '../../coordinator/plan/markers/removal.ts';
import type { SourceId } from '../../shared/ids.ts';
import type { Outline, OutlinedDependency, OutlinedTask } from '../format/outline.ts';
import { joinPlaces, outlinePlaces } from '../format/outline-places.ts';
import { markedText } from './described.ts';
import { members } from './parse-json.ts';
import { entryTitles } from './read-json.ts';
import { taskEntries } from './task-entries.ts';

/** Locates the tasks of a JSON task file and their markers. */
export function jsonOutline(text: string, source: SourceId): Outline {
  const { entries } = taskEntries(text);
  const titles = entryTitles(entries);
  const titleFingerprints = fingerprints(titles);
  return {
    tasks: entries.map(({ node, task }, index) =>
      outlineJsonTask(text, node, {
        source,
        id: task.id,
        fingerprint: titleFingerprints[index] ?? '',
        title: titles[index] ?? '',
      }),
    ),
  };
}

/** The fields in which markers are effective, in order of precedence. */
const TEXTS = ['title', 'description'] as const;

/** Outlines one task object, for all formats with tasks as JSON objects. `texts`: its fields that may have markers. */
export function outlineJsonTask(
  text: string,
  node: Node,
  identity: Pick<OutlinedTask, 'source' | 'id' | 'fingerprint' | 'title'>,
  texts: readonly string[] = TEXTS,
): OutlinedTask {
  const fields = members(node);
  const id = fields.get('id');
  const markers = joinPlaces(texts.flatMap((name) => stringMarkers(text, fields.get(name))));
  return {
    ...identity,
    span: spanOf(node),
    head: { start: node.offset, end: node.offset + 1 },
    idSpan: id === undefined ? null : valueSpan(text, id),
    ...markers,
    dependencies: [...listed(text, fields.get('dependencies')), ...markers.dependencies],
    files: [...listedFiles(text, fields.get('files')), ...markers.files],
  };
}

function stringMarkers(text: string, node: Node | undefined): ReturnType<typeof outlinePlaces>[] {
  const value: unknown = node?.value;
  if (node === undefined || typeof value !== 'string') {
    return [];
  }
  const inPlan = stringPlaces(text, node);
  const removal = (marker: Span) => inPlan(markerRemoval(marker, value));
  return [outlinePlaces(markerPlaces(markedText(value)), inPlan, removal)];
}

function listed(text: string, list: Node | undefined): readonly OutlinedDependency[] {
  const elements = list?.type === 'array' ? (list.children ?? []) : [];
  return elements.flatMap((element, index) => {
    const written = String(element.value).trim();
    const before = elements[index - 1];
    const after = elements[index + 1];
    let removal = spanOf(element);
    if (before !== undefined) {
      removal = { start: spanOf(before).end, end: removal.end };
    } else if (after !== undefined) {
      removal = { start: removal.start, end: after.offset };
    }
    return { written, span: valueSpan(text, element), removal, inList: true };
  });
}

function listedFiles(text: string, list: Node | undefined): OutlinedTask['files'] {
  const elements = list?.type === 'array' ? (list.children ?? []) : [];
  return elements.flatMap((element) => {
    const value: unknown = element.value;
    if (typeof value !== 'string') {
      return [];
    }
    const path = tidyPath(value);
    const inPlan = stringPlaces(text, element);
    return [{ path, span: inPlan(pathPlace(value, { start: 0, end: value.length }, path)) }];
  });
}

/** Returns the span of a number, or of a string without its quotation marks and surrounding white space. */
function valueSpan(text: string, node: Node): Span {
  const value: unknown = node.value;
  if (typeof value !== 'string') {
    return spanOf(node);
  }
  const start = value.length - value.trimStart().length;
  return stringPlaces(text, node)({ start, end: Math.max(start, value.trimEnd().length) });
}

function spanOf({ offset, length }: Node): Span {
  return { start: offset, end: offset + length };
}

/** Maps a span of a string's value to its span in the file, including escapes. */
function stringPlaces(text: string, node: Node): (span: Span) => Span {
  const from = node.offset + 1;
  const raw = text.slice(from, node.offset + node.length - 1);
  if (!raw.includes('\\')) {
    return ({ start, end }) => ({ start: from + start, end: from + end });
  }
  const places: number[] = [];
  for (let place = 0; place < raw.length; place += unitLength(raw, place)) {
    places.push(from + place);
  }
  const stringEnd = from + raw.length;
  return ({ start, end }) => ({ start: places[start] ?? stringEnd, end: places[end] ?? stringEnd });
}

/** Returns the number of raw UTF-16 units that encode one unit of the value. */
function unitLength(raw: string, place: number): number {
  if (raw[place] !== '\\') {
    return 1;
  }
  return raw[place + 1] === 'u' ? 6 : 2;
}
