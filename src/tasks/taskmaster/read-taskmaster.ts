import { sourceStatus, unknownStatus } from '../../coordinator/plan/graph/source-status.ts';
import { fingerprints } from '../../coordinator/plan/identity.ts';
import type { Span } from '../../coordinator/plan/markers/marked-text.ts';
import { joinMarkers, type Markers } from '../../coordinator/plan/markers/markers.ts';
import { tidyPath } from '../../coordinator/plan/markers/paths.ts';
import type { Problem, Task } from '../../coordinator/schema/task.ts';
import type { SourceId } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import { oneLine } from '../../shared/words/text.ts';
import { buildTask } from '../format/build-task.ts';
import type { Reading } from '../format/format.ts';
import { LineIndex } from '../format/line-index.ts';
import { described } from '../json/described.ts';
import { type LocatedJson, locateJson } from '../json/json-places.ts';
import { malformedJson, NOT_A_TASK_FILE } from '../json/json-problems.ts';
import { type NoTask, type TagTask, tagTasks } from './tag-tasks.ts';
import { currentTag, type Tag, tagsOf } from './tags.ts';

/** Reads all tags of a Task Master file; `state` is the text of `state.json`, `null` without that file. */
export function readTaskMaster(text: string, path: SourceId, state: string | null): Reading {
  const located = locateJson(text);
  const tags = tagsOf(located.root, path);
  const current = currentTag(tags, state);
  const context = { path, lines: new LineIndex(text) };
  const read = tags.map((tag) => readTag(tag, context));
  return {
    tasks: read.flatMap(({ tasks }) => tasks),
    problems: [
      ...fileProblems(located, tags, context),
      ...read.flatMap(({ problems }) => problems),
    ],
    onDemand: tags.filter((tag) => tag !== current).map(({ source }) => source),
  };
}

interface Context {
  readonly path: SourceId;
  readonly lines: LineIndex;
}

function fileProblems(
  { faults: [fault] }: LocatedJson,
  tags: readonly Tag[],
  { path, lines }: Context,
): readonly Problem[] {
  if (fault !== undefined) {
    return [malformedJson(fault, path, lines)];
  }
  if (tags.length > 0) {
    return [];
  }
  const message = t(
    'This Task Master file has no list of tasks. Write { "master": { "tasks": [ … ] } }.',
  );
  return [lines.problem(path, { severity: 'error', code: NOT_A_TASK_FILE, message }, 0, 0)];
}

function readTag(
  tag: Tag,
  context: Context,
): { readonly tasks: readonly Task[]; readonly problems: readonly Problem[] } {
  const { tasks, invalid } = tagTasks(tag);
  const texts = tasks.map(textOf);
  const marks = fingerprints(texts.map(({ title }) => title));
  return {
    tasks: texts.map((each, index) => taskOf(each, tag.source, marks[index] ?? '', context)),
    problems: [
      ...invalid.map((each) => invalidTask(each, tag.source, context)),
      ...texts.flatMap((each) => taskProblems(each, tag.source, context)),
    ],
  };
}

/** The text of a task, with its markers parsed. */
interface TaskText {
  readonly task: TagTask;
  readonly title: string;
  readonly description: string;
  readonly markers: Markers;
}

/** Returns the titles of tasks as `readTaskMaster` determines them. */
export function titlesOf(tasks: readonly TagTask[]): readonly string[] {
  return tasks.map(({ written, id }) => titleAndRest(written, id).title);
}

/** Returns the title and the other text of a task. Without a title, the first line of the description serves as one. */
function titleAndRest({ title, description }: TagTask['written'], id: string) {
  const named = described(title ?? '');
  const heading = oneLine(named.text);
  if (heading !== '') {
    return { title: heading, named, more: null };
  }
  const more = described(description ?? '');
  const [first = '', ...rest] = more.text.trim().split(/\r\n|\n|\r/);
  return { title: oneLine(first) || id, named, more: { ...more, text: rest.join('\n') } };
}

function textOf(task: TagTask): TaskText {
  const { written } = task;
  const { title, named, more } = titleAndRest(written, task.id);
  const description = more ?? described(written.description ?? '');
  const details = described(written.details ?? '');
  return {
    task,
    title,
    description: [
      description.text.trim(),
      labelled('Details', details.text),
      labelled(t('Test strategy'), written.testStrategy),
      labelled(t('Acceptance criteria'), written.acceptanceCriteria),
    ]
      .filter((part) => part !== '')
      .join('\n\n'),
    markers: joinMarkers(joinMarkers(named.markers, description.markers), details.markers),
  };
}

function labelled(label: string, text: string | null | undefined): string {
  const content = (text ?? '').trim();
  return content === '' ? '' : `${label}:\n${content}`;
}

const NO_STATUS = 'pending';

function taskOf(
  { task, title, description, markers }: TaskText,
  source: SourceId,
  fingerprint: string,
  { path, lines }: Context,
): Task {
  const { written } = task;
  const word = written.status ?? NO_STATUS;
  const draft = {
    id: task.id,
    title,
    description,
    status: sourceStatus(word) ?? unknownStatus(word),
    file: path,
    line: lines.line(task.place.start),
    dependencies: [...task.dependencies, ...task.inherited, ...task.parts],
    subagent: written.metadata?.subagent_type ?? null,
    fallbackAgents: written.metadata?.fallback_agents ?? [],
    skills: written.metadata?.applicable_skills ?? [],
    test: written.metadata?.test ?? null,
    noChange: written.metadata?.noChange ?? null,
    interactive: written.metadata?.interactive ?? null,
    files: (written.relevantFiles ?? []).map(tidyPath).filter((file) => file !== ''),
    priority: written.priority ?? null,
  };
  return buildTask(source, draft, markers, fingerprint);
}

function taskProblems(
  { task, markers }: TaskText,
  source: SourceId,
  { path, lines }: Context,
): readonly Problem[] {
  const { status } = task.written;
  const unknown = typeof status === 'string' && sourceStatus(status) === null;
  if (!unknown && task.ignored.length === 0 && markers.problems.length === 0) {
    return [];
  }
  const warning = (code: string, message: string): Problem => ({
    ...lines.problem(path, { severity: 'warning', code, message }, ...headOf(task.place)),
    source,
  });
  const statusProblems = unknown
    ? [
        warning(
          'unknown-status',
          t(
            '“{0}” is no status of Task Master, so “{1}” is not launched. Use {2}.',
            status,
            task.id,
            STATUSES,
          ),
        ),
      ]
    : [];
  return [
    ...statusProblems,
    ...task.ignored.map((fault) =>
      warning('ignored-field', t('A field of “{0}” is ignored: {1}.', task.id, fault)),
    ),
    ...markers.problems.map(({ code, message }) => warning(code, message)),
  ];
}

const STATUSES = 'pending, in-progress, review, done, completed, deferred, blocked or cancelled';

function invalidTask(
  { place, message }: NoTask,
  source: SourceId,
  { path, lines }: Context,
): Problem {
  const what = {
    severity: 'error',
    code: 'invalid-task',
    message: t('This task cannot be read and is left out: {0}.', message),
  } as const;
  return { ...lines.problem(path, what, place.start, place.end), source };
}

/**
 * Returns the range of a task's problems: its first character. Markers are in strings, whose escapes shift offsets, so
 * their problems point at the task.
 */
function headOf({ start }: Span): [number, number] {
  return [start, start + 1];
}
