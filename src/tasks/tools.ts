import type { ToolPlan, ToolPlanOptions } from './tool-plan.ts';

/** The folders in which tools keep plans, by name. */
const TOOL_FOLDERS: ReadonlySet<string> = new Set(['.beads']);

/** Whether a tool keeps a plan in a folder of this name. */
export function isToolFolder(name: string): boolean {
  return TOOL_FOLDERS.has(name);
}

/** Opens the plan that a tool keeps in a folder. Nothing is read or started yet. */
export async function openToolPlan(options: ToolPlanOptions): Promise<ToolPlan> {
  // Most workspaces have none.
  const { BeadsPlan } = await import('./beads/beads-plan.ts');
  return new BeadsPlan(options);
}
