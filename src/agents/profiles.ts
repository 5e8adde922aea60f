import { CLAUDE } from './claude/profile.ts';
import { CODEX } from './codex/profile.ts';
import { type AgentProfile, BUILT_IN_AGENTS, type BuiltInAgent } from './contract/profile.ts';
import { COPILOT } from './copilot/profile.ts';
import { GEMINI } from './gemini/profile.ts';
import { OPENCODE } from './opencode/profile.ts';

/** The facts of every program that is driven by facts of its own. */
export const PROFILES: Readonly<Record<BuiltInAgent, AgentProfile>> = {
  claude: CLAUDE,
  codex: CODEX,
  gemini: GEMINI,
  opencode: OPENCODE,
  copilot: COPILOT,
};

/** Whether a name is one of theirs. */
export function isBuiltInAgent(name: string): name is BuiltInAgent {
  return BUILT_IN_AGENTS.some((each) => each === name);
}
