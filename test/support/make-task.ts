import type { SourceSnapshot, Task } from '../../src/coordinator/schema/task.ts';
import { asGroupId, asSourceId, asTaskId, taskKey } from '../../src/shared/ids.ts';

/** The properties of a task that a test sets; `group` and `dependencies` in short form. */
export type TaskFacts = Partial<Omit<Task, 'id' | 'group' | 'dependencies' | 'source'>> & {
  readonly source?: string;
  readonly group?: string | null;
  /** Short ids, or any text of a user. */
  readonly dependencies?: readonly string[];
};

/** Makes a pending task with only its id and the properties of the test. */
export function makeTask(id: string, facts: TaskFacts = {}): Task {
  const { source: sourceText = 'tasks.md', group = null, dependencies = [], ...rest } = facts;
  const source = asSourceId(sourceText);
  return {
    key: taskKey(source, asTaskId(id)),
    id: asTaskId(id),
    source,
    title: `Task ${id}`,
    description: '',
    status: { status: 'pending', word: '[ ]', launchable: true },
    group: group === null ? null : { id: asGroupId(group), inferred: false },
    dependencies: dependencies.map((each) => taskKey(source, asTaskId(each))),
    subagent: null,
    fallbackAgents: [],
    skills: [],
    files: [],
    conflictsWith: [],
    contextFiles: [],
    priority: 2,
    run: null,
    place: { file: source, line: 1 },
    fingerprint: `task ${id}`,
    ...rest,
  };
}

/** Makes a snapshot of one source with these tasks. */
export function makeSnapshot(source: string, tasks: readonly Task[]): SourceSnapshot {
  return { file: source, format: 'Markdown', hash: 'hash', tasks, problems: [] };
}

export const COMPLETED = { status: 'completed', word: '[x]', launchable: false } as const;
export const CANCELLED = { status: 'cancelled', word: 'cancelled', launchable: false } as const;
export const IN_PROGRESS = { status: 'in_progress', word: 'review', launchable: false } as const;
