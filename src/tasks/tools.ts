import type { ToolPlan, ToolPlanOptions } from './tool-plan.ts';

/** The folders in which tools keep plans, by name. */
const TOOL_FOLDERS: ReadonlySet<string> = new Set<string>([]);

/** Whether a tool keeps a plan in a folder of this name. */
export function isToolFolder(name: string): boolean {
  return TOOL_FOLDERS.has(name);
}

/** Opens the plan that a tool keeps in a folder. Nothing is read or started yet. */
export function openToolPlan(options: ToolPlanOptions): Promise<ToolPlan> {
  return Promise.reject(new Error(`No tool keeps a plan in ${options.place}.`));
}
