/**
 * The coding agents that the product can start and whose output it can read, in the order in which people see them. Every
 * list of agents derives from this one. `src/agents/registry.ts` must have a definition for each.
 */
export const BUILT_IN_AGENTS = ['claude', 'codex', 'gemini', 'opencode', 'copilot'] as const;
export type BuiltInAgent = (typeof BUILT_IN_AGENTS)[number];

/** The event streams that the product can read. `none`: plain output, judged by the exit alone. */
export const ADAPTERS = ['none', ...BUILT_IN_AGENTS] as const;
export type AdapterId = (typeof ADAPTERS)[number];

/** Whether a name belongs to a built-in agent. */
export function isBuiltInAgent(name: string): name is BuiltInAgent {
  return BUILT_IN_AGENTS.some((each) => each === name);
}
