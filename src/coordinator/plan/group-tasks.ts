import type { Group, Task } from '../task.ts';
import { groupKey, SEQUENTIAL, type GroupId, type SourceId } from '../../shared/ids.ts';

interface OpenGroup {
  readonly id: GroupId;
  readonly source: SourceId;
  readonly inferred: boolean;
  readonly tasks: Task[];
}

/**
 * Groups tasks by source and marker, in the order in which each group is first met; tasks without a marker form the
 * `_sequential` group of their source. Ids that differ only in case are one group, in the spelling that came first.
 */
export function groupTasks(tasks: Iterable<Task>): readonly Group[] {
  const bySource = new Map<SourceId, Map<string, OpenGroup>>();
  const groups: OpenGroup[] = [];
  for (const task of tasks) {
    const ofSource = bySource.get(task.source) ?? new Map<string, OpenGroup>();
    if (ofSource.size === 0) bySource.set(task.source, ofSource);
    const id = task.group?.id ?? SEQUENTIAL;
    const lower = id.toLowerCase();
    const group = ofSource.get(lower);
    if (group !== undefined) {
      group.tasks.push(task);
      continue;
    }
    const inferred = task.group?.inferred ?? false;
    const started: OpenGroup = { id, source: task.source, inferred, tasks: [task] };
    ofSource.set(lower, started);
    groups.push(started);
  }
  return groups.map((group) => ({ key: groupKey(group.source, group.id), ...group }));
}
