import type { GroupId } from '../../../shared/ids.ts';
import { t } from '../../../shared/messages.ts';
import { bracketMarkers, type BracketName } from './bracket-markers.ts';
import { dependencyMarkers } from './dependency-markers.ts';
import { filesLines } from './files-line.ts';
import { type AlmostNoChange, interactiveMarkers, noChangeMarkers } from './flags.ts';
import { almostGroupMarkers, type GroupMarker, groupMarkers } from './group-marker.ts';
import { lonelyGroup } from './lonely-group.ts';
import { blank, type MarkedText, type Span, without } from './marked-text.ts';
import { backTickedPath, pathList } from './paths.ts';
import { runLines, testLines } from './run-line.ts';

/** A problem of a marker that the user should correct. */
export interface MarkerProblem extends Span {
  readonly code:
    | 'almost-marker'
    | 'almost-no-change'
    | 'several-groups'
    | 'invalid-priority'
    | 'several-runs'
    | 'several-tests';
  readonly message: string;
}

/** The parsed markers of one task's text. */
export interface Markers {
  readonly group: GroupId | null;
  readonly subagent: string | null;
  readonly fallbackAgents: readonly string[];
  readonly skills: readonly string[];
  /** 0 … 4, or `null` if not given. */
  readonly priority: number | null;
  /** As written: short ids or keys. */
  readonly dependencies: readonly string[];
  readonly files: readonly string[];
  readonly contextFiles: readonly string[];
  readonly run: string | null;
  /** The shell line that verifies the task. */
  readonly test: string | null;
  /** Whether no file is expected to change. */
  readonly noChange: boolean;
  /** Whether the user works with its agent interactively. */
  readonly interactive: boolean;
  /** Ranges of the markers, which are removed from titles, descriptions and identities. */
  readonly spans: readonly Span[];
  readonly problems: readonly MarkerProblem[];
}

const NOTHING: Markers = {
  group: null,
  subagent: null,
  fallbackAgents: [],
  skills: [],
  priority: null,
  dependencies: [],
  files: [],
  contextFiles: [],
  run: null,
  test: null,
  noChange: false,
  interactive: false,
  spans: [],
  problems: [],
};

/** Without these and without a bracket, a text has no marker and no near miss outside back ticks. */
const ANY_MARKER = /\(\s*depends|\*\*file|P:Group-/i;

/** Reads the markers of a text. Never fails: unreadable markers become problems or plain text. */
export function parseMarkers(marked: MarkedText): Markers {
  const { text, code } = marked;
  const alone = lonelyGroup(text);
  if (alone !== null) {
    return onlyGroup(alone);
  }
  if (!text.includes('[') && !ANY_MARKER.test(text)) {
    return onlyCode(marked);
  }
  // A marker in inline code is a quotation.
  const prose = blank(text, code);
  const groups = groupMarkers(prose);
  // Except for groups, most texts that get here have no bracket.
  const others = groups.length === 0 || /\[|P:Group-/i.test(without(prose, groups));
  const brackets = others ? bracketMarkers(prose, text) : [];
  const dependencies = dependencyMarkers(prose, text);
  const runs = runLines(marked);
  const tests = testLines(marked);
  const noChange = noChangeMarkers(prose);
  const interactive = interactiveMarkers(prose);
  const lists = filesLines(prose, text);
  const written = (name: BracketName) => brackets.filter((each) => each.name === name);
  const items = (name: BracketName) => distinct(written(name).flatMap((each) => each.items));
  const paths = (name: BracketName) =>
    written(name).map((each) => at(each, pathList(each.content)));
  const claimed = [...brackets, ...lists, ...runs, ...tests];
  const quoted = code.filter((each) => !claimed.some((span) => contains(span, each)));
  const priority = readPriority(written('priority'));
  return {
    group: groups[0]?.id ?? null,
    subagent: items('subagent')[0] ?? null,
    fallbackAgents: items('fallback'),
    skills: items('skills'),
    priority: priority.value,
    dependencies: distinct(dependencies.flatMap((each) => each.ids)),
    files: inTextOrder([
      ...paths('files'),
      ...lists.map((each) => at(each, pathList(each.content))),
      ...quoted.map((each) => at(each, [backTickedPath(each.value) ?? []].flat())),
    ]),
    contextFiles: inTextOrder(paths('context')),
    run: runs[0]?.line ?? null,
    test: tests[0]?.line ?? null,
    noChange: noChange.exact.length > 0,
    interactive: interactive.length > 0,
    spans: [
      ...groups,
      ...brackets,
      ...dependencies,
      ...runs,
      ...tests,
      ...noChange.exact,
      ...interactive,
    ],
    problems: [
      ...(others ? almostMarkerProblems(prose, groups) : []),
      ...noChange.almost.map(almostNoChange),
      ...severalGroups(groups),
      ...priority.problems,
      ...severalLines(runs, tests),
    ],
  };
}

/** Without a bracket, prose mostly has only files and commands in back ticks. */
function onlyCode(marked: MarkedText): Markers {
  if (marked.code.length === 0) {
    return NOTHING;
  }
  const runs = runLines(marked);
  const tests = testLines(marked);
  const lines = [...runs, ...tests];
  const files = marked.code.flatMap((each) =>
    lines.some((line) => contains(line, each)) ? [] : (backTickedPath(each.value) ?? []),
  );
  if (lines.length === 0 && files.length === 0) {
    return NOTHING;
  }
  return {
    ...NOTHING,
    files: distinct(files),
    run: runs[0]?.line ?? null,
    test: tests[0]?.line ?? null,
    spans: lines,
    problems: severalLines(runs, tests),
  };
}

function severalLines(runs: readonly Span[], tests: readonly Span[]): MarkerProblem[] {
  const unused = (code: MarkerProblem['code'], word: string) => {
    const message = t(
      'A task has one `{0}:` line; this one is not used. Join the commands with `&&`.',
      word,
    );
    return ({ start, end }: Span): MarkerProblem => ({ code, message, start, end });
  };
  return [
    ...runs.slice(1).map(unused('several-runs', 'run')),
    ...tests.slice(1).map(unused('several-tests', 'test')),
  ];
}

function almostNoChange({ written, start, end }: AlmostNoChange): MarkerProblem {
  const message = t('“{0}” is not read as a marker. Write “[No-Change]”.', written);
  return { code: 'almost-no-change', message, start, end };
}

/** Written out, because copying such a large object takes longer than reading the marker. */
function onlyGroup(marker: GroupMarker): Markers {
  return {
    group: marker.id,
    subagent: null,
    fallbackAgents: NOTHING.fallbackAgents,
    skills: NOTHING.skills,
    priority: null,
    dependencies: NOTHING.dependencies,
    files: NOTHING.files,
    contextFiles: NOTHING.contextFiles,
    run: null,
    test: null,
    noChange: false,
    interactive: false,
    spans: [marker],
    problems: NOTHING.problems,
  };
}

/** Merges the markers of two texts of one task; for single values the first text wins. */
export function joinMarkers(first: Markers, second: Markers): Markers {
  if (first === NOTHING) {
    return second;
  }
  if (second === NOTHING) {
    return first;
  }
  const joined = (list: 'fallbackAgents' | 'skills' | 'dependencies' | 'files' | 'contextFiles') =>
    distinct([...first[list], ...second[list]]);
  return {
    group: first.group ?? second.group,
    subagent: first.subagent ?? second.subagent,
    fallbackAgents: joined('fallbackAgents'),
    skills: joined('skills'),
    priority: first.priority ?? second.priority,
    dependencies: joined('dependencies'),
    files: joined('files'),
    contextFiles: joined('contextFiles'),
    run: first.run ?? second.run,
    test: first.test ?? second.test,
    noChange: first.noChange || second.noChange,
    interactive: first.interactive || second.interactive,
    spans: [],
    problems: [...first.problems, ...second.problems],
  };
}

function almostMarkerProblems(
  prose: string,
  groups: ReturnType<typeof groupMarkers>,
): MarkerProblem[] {
  return almostGroupMarkers(prose, groups).map(({ written, suggestion, start, end }) => ({
    code: 'almost-marker',
    message: t('“{0}” is not read as a group marker. Write “{1}”.', written, suggestion),
    start,
    end,
  }));
}

function severalGroups(groups: ReturnType<typeof groupMarkers>): MarkerProblem[] {
  const [first, ...others] = groups;
  if (first === undefined) {
    return [];
  }
  return others
    .filter(({ id }) => id.toLowerCase() !== first.id.toLowerCase())
    .map(({ id, start, end }) => ({
      code: 'several-groups',
      message: t(
        'A task belongs to one group: “{0}” counts, “{1}” does not. Remove one of the markers.',
        first.id,
        id,
      ),
      start,
      end,
    }));
}

function readPriority(written: ReturnType<typeof bracketMarkers>): {
  value: number | null;
  problems: MarkerProblem[];
} {
  let value: number | null = null;
  const problems: MarkerProblem[] = [];
  for (const { content, start, end } of written) {
    const digit = /^p?([0-4])$/i.exec(content.trim())?.[1];
    if (digit !== undefined) {
      value ??= Number(digit);
    } else {
      const message = t(
        '“{0}” is no priority. Write a number from 0 (most urgent) to 4.',
        content.trim(),
      );
      problems.push({ code: 'invalid-priority', message, start, end });
    }
  }
  return { value, problems };
}

interface Placed {
  readonly start: number;
  readonly values: readonly string[];
}

function at({ start }: Span, values: readonly string[]): Placed {
  return { start, values };
}

function inTextOrder(placed: readonly Placed[]): readonly string[] {
  return distinct(placed.toSorted((a, b) => a.start - b.start).flatMap((each) => each.values));
}

function distinct(values: readonly string[]): readonly string[] {
  return values.length < 2 ? values : [...new Set(values)];
}

function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
