import { sourceStatus, unknownStatus } from '../../coordinator/plan/graph/source-status.ts';
import { fingerprints } from '../../coordinator/plan/identity.ts';
import { joinMarkers, type Markers } from '../../coordinator/plan/markers/markers.ts';
import { tidyPath } from '../../coordinator/plan/markers/paths.ts';
import type { Problem } from '../../coordinator/schema/task.ts';
import type { SourceId } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import { oneLine } from '../../shared/words/text.ts';
import { buildTask, type TaskDraft } from '../format/build-task.ts';
import type { Reading } from '../format/format.ts';
import { LineIndex } from '../format/line-index.ts';
import { described } from './described.ts';
import { malformedJson, NOT_A_TASK_FILE } from './json-problems.ts';
import { members } from './parse-json.ts';
import { type TaskEntries, taskEntries, type TaskEntry } from './task-entries.ts';

const NO_STATUS = 'pending';

/** A JSON task with its title and description, and their markers extracted. */
interface ParsedEntry {
  readonly entry: TaskEntry;
  readonly title: string;
  readonly description: string;
  readonly markers: Markers;
}

/** Reads a JSON task file; broken and invalid parts become problems, and the other tasks load. */
export function readJson(text: string, source: SourceId): Reading {
  const found = taskEntries(text);
  const lines = new LineIndex(text);
  const parsed = found.entries.map(parseEntry);
  const titleFingerprints = fingerprints(parsed.map(({ title }) => title));
  const tasks = parsed.map((each, index) => {
    const line = lines.line(each.entry.node.offset);
    return buildTask(source, draftOf(each, line), each.markers, titleFingerprints[index] ?? '');
  });
  return {
    tasks,
    problems: [
      ...fileProblems(found, source, lines),
      ...parsed.flatMap((each) => entryProblems(each, source, lines)),
    ],
  };
}

/** Returns the fingerprint of each entry, in order, as `readJson` assigns them. */
export function entryFingerprints(entries: readonly TaskEntry[]): readonly string[] {
  return fingerprints(entryTitles(entries));
}

/** Returns the title of each entry, in order, as `readJson` assigns them. */
export function entryTitles(entries: readonly TaskEntry[]): readonly string[] {
  return entries.map((entry) => parseEntry(entry).title);
}

function parseEntry(entry: TaskEntry): ParsedEntry {
  const { task } = entry;
  const title = described(task.title ?? '');
  const description = described(task.description ?? '');
  const heading = oneLine(title.text);
  const [first = '', ...rest] = description.text.trim().split(/\r\n|\n|\r/);
  const titleFromDescription = heading === '';
  return {
    entry,
    title: (titleFromDescription ? oneLine(first) : heading) || (task.run ?? task.id),
    description: withCriteria(titleFromDescription ? rest.join('\n') : description.text, task),
    markers: joinMarkers(title.markers, description.markers),
  };
}

/** Appends the criteria, a list as a Markdown list. Criteria are data: markers in them have no effect. */
function withCriteria(text: string, { acceptance_criteria: said }: TaskEntry['task']): string {
  const criteria = Array.isArray(said) ? said.map((each) => `- ${oneLine(each)}`).join('\n') : said;
  return (criteria ?? '').trim() === ''
    ? text.trim()
    : `${text.trim()}\n\nAcceptance criteria:\n${criteria ?? ''}`.trim();
}

function draftOf({ entry: { task }, title, description }: ParsedEntry, line: number): TaskDraft {
  const word = task.status ?? NO_STATUS;
  return {
    id: task.id,
    title,
    description,
    status: sourceStatus(word) ?? unknownStatus(word),
    line,
    dependencies: task.dependencies ?? [],
    subagent: task.subagent_type ?? task.metadata?.subagent_type ?? null,
    fallbackAgents: task.fallback_agents ?? task.metadata?.fallback_agents ?? [],
    skills: task.applicable_skills ?? task.metadata?.applicable_skills ?? [],
    files: (task.files ?? []).map(tidyPath),
    contextFiles: (task.context_files ?? []).map(tidyPath),
    priority: task.priority ?? null,
    run: task.run ?? null,
    test: task.test ?? task.metadata?.test ?? null,
    interactive: task.interactive ?? task.metadata?.interactive ?? null,
    noChange: task.noChange ?? task.metadata?.noChange ?? null,
  };
}

function fileProblems(
  { faults, invalid, isTaskFile }: TaskEntries,
  source: SourceId,
  lines: LineIndex,
): readonly Problem[] {
  const error = (code: string, message: string, start: number, end: number) =>
    lines.problem(source, { severity: 'error', code, message }, start, end);
  const [fault] = faults;
  if (fault !== undefined) {
    return [malformedJson(fault, source, lines)];
  }
  if (!isTaskFile) {
    const message = t(
      'This file has no list of tasks with ids. Write [ { "id": … } ] or { "tasks": [ … ] }.',
    );
    return [error(NOT_A_TASK_FILE, message, 0, 0)];
  }
  return invalid.map(({ node, message }) =>
    error(
      'invalid-task',
      t('This task cannot be read and is left out: {0}.', message),
      node.offset,
      node.offset + node.length,
    ),
  );
}

/** Returns the problems of markers and status. Those of markers point at the task, because escapes shift offsets. */
function entryProblems(
  { entry: { node, task }, markers }: ParsedEntry,
  source: SourceId,
  lines: LineIndex,
): readonly Problem[] {
  const warning = (code: string, message: string, start = node.offset, end = start + 1) =>
    lines.problem(source, { severity: 'warning', code, message }, start, end);
  const problems = markers.problems.map(({ code, message }) => warning(code, message));
  const { status } = task;
  if (status === null || status === undefined || sourceStatus(status) !== null) {
    return problems;
  }
  const message = t(
    '“{0}” is no known status, so “{1}” is not launched. Use pending, completed, cancelled, in_progress, blocked or failed.',
    status,
    task.id,
  );
  const { offset, length } = members(node).get('status') ?? node;
  return [warning('unknown-status', message, offset, offset + length), ...problems];
}
