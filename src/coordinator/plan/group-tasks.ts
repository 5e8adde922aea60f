import { type GroupId, groupKey, SEQUENTIAL, type SourceId } from '../../shared/ids.ts';
import type { Group, Task } from '../schema/task.ts';

interface OpenGroup {
  readonly id: GroupId;
  readonly source: SourceId;
  readonly format: string;
  readonly inferred: boolean;
  readonly tasks: Task[];
}

/**
 * Groups tasks by source and marker, in order of first appearance; tasks without a marker form the `_sequential` group
 * of their source. Ids that differ only in case are one group, spelled as the first. `formats`: the format of each
 * source.
 */
export function groupTasks(
  tasks: Iterable<Task>,
  formats: ReadonlyMap<SourceId, string>,
): readonly Group[] {
  const bySource = new Map<SourceId, OpenGroups>();
  const groups: OpenGroup[] = [];
  for (const task of tasks) {
    let ofSource = bySource.get(task.source);
    if (ofSource === undefined) {
      ofSource = new Map();
      bySource.set(task.source, ofSource);
    }
    const id = task.group?.id ?? SEQUENTIAL;
    const group = ofSource.get(id) ?? otherCase(ofSource, id);
    if (group !== undefined) {
      group.tasks.push(task);
      continue;
    }
    const inferred = task.group?.inferred ?? false;
    const { source } = task;
    const format = formats.get(source) ?? '';
    const started: OpenGroup = { id, source, format, inferred, tasks: [task] };
    ofSource.set(id, started).set(id.toLowerCase(), started);
    groups.push(started);
  }
  return groups.map((group) => ({ key: groupKey(group.source, group.id), ...group }));
}

/** By every spelling seen, so that most lookups need no case conversion. */
type OpenGroups = Map<string, OpenGroup>;

function otherCase(groups: OpenGroups, id: string): OpenGroup | undefined {
  const group = groups.get(id.toLowerCase());
  if (group !== undefined) {
    groups.set(id, group);
  }
  return group;
}
