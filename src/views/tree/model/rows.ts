import type { GroupView, TaskView } from '../../../shared/view-models/group-views.ts';
import { groupAppearance } from './appearances.ts';
import { conflictWords } from './group-words.ts';

/** Whether a task's row and tooltip would look the same. */
export function sameTaskRow(before: TaskView, now: TaskView): boolean {
  return (
    before.detail === now.detail &&
    before.appearance === now.appearance &&
    before.title === now.title &&
    before.attempts === now.attempts &&
    before.subagent === now.subagent &&
    before.evidence.length === now.evidence.length &&
    before.closeProblem === now.closeProblem &&
    before.why === now.why &&
    before.launchable === now.launchable &&
    before.place.line === now.place.line
  );
}

/** Whether a group's row and tooltip would look the same. To refresh the row makes VS Code request its tasks again. */
export function sameGroupRow(before: GroupView, now: GroupView): boolean {
  return (
    before.detail === now.detail &&
    before.status === now.status &&
    before.title === now.title &&
    before.canRun === now.canRun &&
    before.canStop === now.canStop &&
    before.canRetry === now.canRetry &&
    before.problems.length === now.problems.length &&
    before.run?.state === now.run?.state &&
    before.run?.holder === now.run?.holder &&
    before.run?.tests?.message === now.run?.tests?.message &&
    before.run?.proposedTasks.length === now.run?.proposedTasks.length &&
    groupAppearance(before) === groupAppearance(now) &&
    conflictWords(before) === conflictWords(now)
  );
}
