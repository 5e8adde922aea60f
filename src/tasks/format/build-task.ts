import type { Markers } from '../../coordinator/plan/markers/markers.ts';
import type { SourceStatus, Task } from '../../coordinator/schema/task.ts';
import { asGroupId, asTaskId, type SourceId, taskKey } from '../../shared/ids.ts';

const DEFAULT_PRIORITY = 2;

/** The fields of a task that its format reads apart from markers. They override the markers. */
export interface TaskDraft {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly status: SourceStatus;
  /** The file that contains the task, if it differs from the source. */
  readonly file?: string;
  readonly line: number;
  /** The group according to the source; a marker overrides it. */
  readonly group?: { readonly id: string; readonly inferred: boolean } | null;
  readonly conflictsWith?: readonly string[];
  readonly dependencies?: readonly string[];
  readonly subagent?: string | null;
  readonly fallbackAgents?: readonly string[];
  readonly skills?: readonly string[];
  readonly files?: readonly string[];
  readonly contextFiles?: readonly string[];
  readonly priority?: number | null;
  readonly run?: string | null;
  readonly test?: string | null;
  readonly noChange?: boolean | null;
  readonly interactive?: boolean | null;
}

/** Builds a task from its source's fields and its markers. */
export function buildTask(
  source: SourceId,
  draft: TaskDraft,
  markers: Markers,
  fingerprint: string,
): Task {
  const id = asTaskId(draft.id);
  const dependencies = distinct(draft.dependencies, markers.dependencies);
  const task: Task = {
    key: taskKey(source, id),
    id,
    source,
    title: draft.title,
    description: draft.description,
    status: draft.status,
    group: groupOf(draft, markers),
    dependencies: dependencies.map((written) => taskKey(source, asTaskId(written))),
    subagent: draft.subagent ?? markers.subagent,
    fallbackAgents: distinct(draft.fallbackAgents, markers.fallbackAgents),
    skills: distinct(draft.skills, markers.skills),
    files: distinct(draft.files, markers.files),
    contextFiles: distinct(draft.contextFiles, markers.contextFiles),
    conflictsWith: (draft.conflictsWith ?? []).map((each) => taskKey(source, asTaskId(each))),
    priority: draft.priority ?? markers.priority ?? DEFAULT_PRIORITY,
    run: draft.run ?? markers.run,
    place: { file: draft.file ?? source, line: draft.line },
    fingerprint,
  };
  const proven = withProof(task, draft.test ?? markers.test, draft.noChange ?? markers.noChange);
  const interactive = draft.interactive ?? (markers.interactive ? true : null);
  return interactive === null ? proven : { ...proven, interactive };
}

/** Adds the proof fields. Few tasks have them; the others are not copied. */
function withProof(task: Task, test: string | null, noChange: boolean): Task {
  return test === null && !noChange
    ? task
    : { ...task, ...(test === null ? {} : { test }), ...(noChange ? { noChange } : {}) };
}

function groupOf({ group = null }: TaskDraft, markers: Markers): Task['group'] {
  if (markers.group !== null) {
    return { id: markers.group, inferred: false };
  }
  return group === null ? null : { id: asGroupId(group.id), inferred: group.inferred };
}

function distinct(own: readonly string[] = [], fromMarkers: readonly string[]): readonly string[] {
  if (own.length === 0 && fromMarkers.length < 2) {
    return fromMarkers;
  }
  return [...new Set([...own, ...fromMarkers])];
}
