import type { ToolPlan, ToolPlanOptions } from '../format/tool-plan.ts';

/** The folders in which tools keep plans, by name. */
const TOOL_FOLDERS: ReadonlySet<string> = new Set(['.beads']);

/** Whether a tool keeps a plan in a folder of this name. */
export function isToolFolder(name: string): boolean {
  return TOOL_FOLDERS.has(name);
}

/** The tool's folder that a path is, or lies in; `null` for any other path. */
export function toolFolderOf(path: string): string | null {
  const parts = path.split('/');
  const place = parts.findIndex(isToolFolder);
  return place === -1 ? null : parts.slice(0, place + 1).join('/');
}

/** Opens the plan that a tool keeps in a folder. Nothing is read or started yet. */
export async function openToolPlan(options: ToolPlanOptions): Promise<ToolPlan> {
  // Most workspaces have none.
  const { BeadsPlan } = await import('../beads/beads-plan.ts');
  return new BeadsPlan(options);
}
