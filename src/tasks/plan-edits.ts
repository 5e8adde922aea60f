/** Edits of plans: pure, from the text of a plan to what is to be changed of it. */
export { groupEdits } from './plan-edits/group-edits.ts';
export type { PlanEditFailure, PlanEdits } from './plan-edits/change.ts';
