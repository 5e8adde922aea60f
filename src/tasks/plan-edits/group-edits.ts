import { groupIdFault, groupMarker } from '../../coordinator/plan/markers/group-marker.ts';
import { failure } from '../../shared/result.ts';
import type { TaskIdentity } from '../format/format.ts';
import { type Change, changeTasks, type PlanEdits } from './change.ts';
import { checklistMarkerWays } from './checklist-ways.ts';
import type { PlanText } from './facts.ts';
import { jsonMarkerWays } from './json-ways.ts';
import { deletion, isJsonTask, replacement } from './spelling.ts';
import { placeOf, withPlan } from './with-plan.ts';

/**
 * Returns the edits that move tasks into a group, or, with `null`, out of any group. Only the marker changes: ids,
 * fingerprints and every other byte stay. No edits if all tasks are there already.
 */
export function groupEdits(
  text: string,
  path: string,
  tasks: readonly TaskIdentity[],
  group: string | null,
): PlanEdits {
  const fault = group === null ? null : groupIdFault(group);
  if (fault !== null) {
    return failure({ message: fault });
  }
  return withPlan(text, path, (plan) => {
    const changes = new Map<number, Change>();
    for (const task of tasks) {
      const place = placeOf(plan, task);
      if (!place.ok) {
        return place;
      }
      if (plan.facts[place.value]?.group === group) {
        continue;
      }
      changes.set(place.value, {
        index: place.value,
        ways: ways(plan, place.value, group),
        to: { group },
      });
    }
    return changeTasks(plan, path, [...changes.values()]);
  });
}

function ways(plan: PlanText, index: number, group: string | null): Change['ways'] {
  const { text, outline } = plan;
  const task = outline.tasks[index];
  if (task === undefined) {
    return [];
  }
  if (group === null) {
    // Delete them all: without the first, the next one would count.
    const markers = [task.group ?? [], task.otherGroups].flat();
    return [markers.map(({ removal }) => deletion(removal))];
  }
  if (task.group !== null) {
    return [[replacement(text, task, task.group.idSpan, group)]];
  }
  const marker = groupMarker(group);
  return isJsonTask(text, task)
    ? jsonMarkerWays(text, task, marker)
    : checklistMarkerWays(text, task, marker);
}
