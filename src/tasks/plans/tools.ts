import type { ToolPlan, ToolPlanOptions } from '../format/tool-plan.ts';

/** Names of the folders in which tools keep plans. */
const TOOL_FOLDERS: ReadonlySet<string> = new Set(['.beads']);

/** Whether a tool keeps a plan in a folder of this name. */
export function isToolFolder(name: string): boolean {
  return TOOL_FOLDERS.has(name);
}

/** Returns the tool's folder that contains, or is, this path; `null` for any other path. */
export function toolFolderOf(path: string): string | null {
  const parts = path.split('/');
  const place = parts.findIndex(isToolFolder);
  return place === -1 ? null : parts.slice(0, place + 1).join('/');
}

/** Opens the plan that a tool keeps in a folder. Does not read or start anything yet. */
export async function openToolPlan(options: ToolPlanOptions): Promise<ToolPlan> {
  // Load on demand: most workspaces have no such plan.
  const { BeadsPlan } = await import('../beads/beads-plan.ts');
  return new BeadsPlan(options);
}
