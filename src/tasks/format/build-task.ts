import type { Markers } from '../../coordinator/plan/markers/markers.ts';
import type { SourceStatus, Task } from '../../coordinator/schema/task.ts';
import { asGroupId, asTaskId, type SourceId, taskKey } from '../../shared/ids.ts';

const DEFAULT_PRIORITY = 2;

/** What a format knows of a task apart from its markers. What its own fields say goes before the markers. */
export interface TaskDraft {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly status: SourceStatus;
  /** The file that the task stands in, where that is not its source. */
  readonly file?: string;
  readonly line: number;
  /** What the source says of its group, if no marker says it. */
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

/** Makes the task of what its source's fields and its markers say. */
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
  const proof = withProof(task, draft.test ?? markers.test, draft.noChange ?? markers.noChange);
  const interactive = draft.interactive ?? (markers.interactive ? true : null);
  return interactive === null ? proof : { ...proof, interactive };
}

/** Few tasks say how they are to be proven; the others are not copied for it. */
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

function distinct(own: readonly string[] = [], marked: readonly string[]): readonly string[] {
  if (own.length === 0 && marked.length < 2) {
    return marked;
  }
  return [...new Set([...own, ...marked])];
}
