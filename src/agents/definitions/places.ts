import type { Layer } from '../../coordinator/agents/layered.ts';
import type { BuiltInAgent } from '../../shared/agent-ids.ts';

/** A folder in which coding agents keep the definitions of their subagents, one file each. */
export interface DefinitionPlace {
  readonly layer: Layer;
  /** Relative to the workspace or to the user's home, with `/`. */
  readonly folder: string;
  readonly in: 'workspace' | 'home';
  readonly suffix: string;
  /** Markdown with front matter, whose body is the instructions; or TOML. */
  readonly format: 'markdown' | 'toml';
  /** Where the subagent's name comes from: its `name` field or its file's name. */
  readonly named: 'name' | 'file';
  /** The program whose names for models and tools the files use. */
  readonly program: BuiltInAgent;
  /** A file beside the folder that may name more definition files; `null`: there is none. */
  readonly roleList: 'config.toml' | null;
}

const markdown = { in: 'workspace', format: 'markdown', roleList: null } as const;
const claude = { ...markdown, program: 'claude', suffix: '.md', named: 'name' } as const;
const copilot = { ...markdown, program: 'copilot', named: 'file' } as const;
const opencode = { ...markdown, program: 'opencode', suffix: '.md', named: 'file' } as const;
const gemini = { ...markdown, program: 'gemini', suffix: '.md', named: 'name' } as const;
const codex = {
  roleList: 'config.toml',
  format: 'toml',
  program: 'codex',
  suffix: '.toml',
  named: 'name',
} as const;

/**
 * All places, the strongest first. Claude Code (code.claude.com/docs/en/sub-agents), GitHub Copilot and VS Code (custom
 * agents; chat modes are the older name), OpenCode (opencode.ai/docs/agents), Gemini CLI
 * (geminicli.com/docs/core/subagents) and Codex (developers.openai.com/codex/subagents).
 */
export const PLACES: readonly DefinitionPlace[] = [
  { layer: '.claude/agents', folder: '.claude/agents', ...claude },
  { layer: '.github/agents', folder: '.github/agents', suffix: '.agent.md', ...copilot },
  { layer: '.github/chatmodes', folder: '.github/chatmodes', suffix: '.chatmode.md', ...copilot },
  { layer: '.opencode/agents', folder: '.opencode/agents', ...opencode },
  { layer: '.opencode/agent', folder: '.opencode/agent', ...opencode },
  { layer: '.gemini/agents', folder: '.gemini/agents', ...gemini },
  { layer: '.codex/agents', folder: '.codex/agents', in: 'workspace', ...codex },
  { layer: '~/.claude/agents', folder: '.claude/agents', ...claude, in: 'home' },
  { layer: '~/.codex/agents', folder: '.codex/agents', in: 'home', ...codex },
];
