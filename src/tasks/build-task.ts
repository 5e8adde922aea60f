import type { Markers } from '../coordinator/plan/markers.ts';
import type { SourceStatus, Task } from '../coordinator/task.ts';
import { asTaskId, taskKey, type SourceId } from '../shared/ids.ts';

const DEFAULT_PRIORITY = 2;

/** What a format knows of a task apart from its markers. What its own fields say goes before the markers. */
export interface TaskDraft {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly status: SourceStatus;
  readonly line: number;
  readonly dependencies?: readonly string[];
  readonly subagent?: string | null;
  readonly fallbackAgents?: readonly string[];
  readonly skills?: readonly string[];
  readonly files?: readonly string[];
  readonly contextFiles?: readonly string[];
  readonly priority?: number | null;
  readonly run?: string | null;
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
  return {
    key: taskKey(source, id),
    id,
    source,
    title: draft.title,
    description: draft.description,
    status: draft.status,
    group: markers.group === null ? null : { id: markers.group, inferred: false },
    dependencies: dependencies.map((written) => taskKey(source, asTaskId(written))),
    subagent: draft.subagent ?? markers.subagent,
    fallbackAgents: distinct(draft.fallbackAgents, markers.fallbackAgents),
    skills: distinct(draft.skills, markers.skills),
    files: distinct(draft.files, markers.files),
    contextFiles: distinct(draft.contextFiles, markers.contextFiles),
    priority: draft.priority ?? markers.priority ?? DEFAULT_PRIORITY,
    run: draft.run ?? markers.run,
    place: { file: source, line: draft.line },
    fingerprint,
  };
}

function distinct(own: readonly string[] = [], marked: readonly string[]): readonly string[] {
  return [...new Set([...own, ...marked])];
}
