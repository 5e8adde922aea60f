import type { Layer } from '../../coordinator/agents/layered.ts';

/**
 * Where coding agents keep the definitions of their subagents, the strongest first: Markdown files whose front matter
 * describes the subagent and whose body is its instructions.
 */
export interface DefinitionPlace {
  readonly layer: Layer;
  /** Relative to the workspace or to the user's home, with `/`. */
  readonly folder: string;
  readonly in: 'workspace' | 'home';
  readonly suffix: string;
  /** What the subagent is called by: its `name`, or the name of its file. */
  readonly named: 'name' | 'file';
  /** Whether its `model` is one of Claude's. */
  readonly model: boolean;
}

const claude = { suffix: '.md', named: 'name', model: true } as const;
const others = { in: 'workspace', model: false } as const;

/**
 * Claude Code (code.claude.com/docs/en/sub-agents), GitHub Copilot and VS Code (custom agents; chat modes are their name
 * of before), OpenCode (opencode.ai/docs/agents) and Gemini CLI (geminicli.com/docs/core/subagents).
 */
export const PLACES: readonly DefinitionPlace[] = [
  { layer: '.claude/agents', folder: '.claude/agents', in: 'workspace', ...claude },
  {
    layer: '.github/agents',
    folder: '.github/agents',
    suffix: '.agent.md',
    named: 'file',
    ...others,
  },
  {
    layer: '.github/chatmodes',
    folder: '.github/chatmodes',
    suffix: '.chatmode.md',
    named: 'file',
    ...others,
  },
  {
    layer: '.opencode/agents',
    folder: '.opencode/agents',
    suffix: '.md',
    named: 'file',
    ...others,
  },
  { layer: '.opencode/agent', folder: '.opencode/agent', suffix: '.md', named: 'file', ...others },
  { layer: '.gemini/agents', folder: '.gemini/agents', suffix: '.md', named: 'name', ...others },
  { layer: '~/.claude/agents', folder: '.claude/agents', in: 'home', ...claude },
];
