/** Edits of plans: pure functions from the text of a plan to text edits. */
export { addTaskEdits } from './plan-edits/add-tasks.ts';
export type { PlanEdits } from './plan-edits/change.ts';
export { addDependencyEdits, removeDependencyEdits } from './plan-edits/dependency-edits.ts';
export { freeId } from './plan-edits/free-id.ts';
export { groupEdits } from './plan-edits/group-edits.ts';
export { mendMarkerEdits } from './plan-edits/mend-marker.ts';
export { renameIdEdits } from './plan-edits/rename-edits.ts';
