import { sourceStatus, unknownStatus } from '../../coordinator/plan/graph/source-status.ts';
import { joinMarkers } from '../../coordinator/plan/markers/markers.ts';
import type { SourceStatus } from '../../coordinator/schema/task.ts';
import { buildTask } from '../format/build-task.ts';
import type { Reading } from '../format/format.ts';
import { LineIndex } from '../format/line-index.ts';
import { type EpicTask, epicTask } from './epic-task.ts';
import { epicTaskProblems } from './task-problems.ts';

/** Reads one task of an epic. Returns a task that cannot be parsed as well, because others may depend on it. */
export function readEpicTask(text: string, path: string): Reading {
  const task = epicTask(text, path);
  if (task === null) {
    return { tasks: [], problems: [] };
  }
  const { file, fields, title, body, matter, fingerprint } = task;
  const lines = new LineIndex(text);
  const problems = epicTaskProblems(task, path, text, lines);
  const draft = {
    id: file.id,
    title: title.text,
    description: tidy(body.text),
    status: statusOf(task),
    file: path,
    line: lines.line((matter.ok ? matter.value.place('name')?.start : undefined) ?? 0),
    group: fields.parallel ? { id: groupName(file.epic), inferred: true } : null,
    dependencies: fields.dependsOn,
    conflictsWith: fields.conflictsWith,
  };
  const markers = joinMarkers(title.markers, body.markers);
  return { tasks: [buildTask(file.source, draft, markers, fingerprint)], problems };
}

/** Trims line ends, surrounding empty lines and runs of empty lines that removed markers leave behind. */
function tidy(text: string): string {
  const lines = text.split(/\r\n|\n|\r/).map((line) => line.trimEnd());
  return lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n+|\n+$/g, '');
}

function statusOf({ matter, fields }: EpicTask): SourceStatus {
  if (!matter.ok || fields.faults.length > 0) {
    return unknownStatus('invalid front matter');
  }
  const word = fields.status || 'open';
  return sourceStatus(word) ?? unknownStatus(word);
}

/** Returns a name that is valid in `[P:Group-…]`. */
function groupName(epic: string): string {
  return epic.replace(/[\s\]]+/g, '-');
}
