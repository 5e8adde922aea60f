import type { BuiltInAgent } from '../../shared/agent-ids.ts';
import { AGENTS } from '../registry.ts';

/** What may be in a list on a command line: no text that could be read as an option or as two names. */
const TOOL = /^[\p{L}_*][^\n\r\0]*$/u;

/** Whether a text can be the name of a tool, possibly with a rule: `Bash(git log:*)`. */
export function isToolName(text: string): boolean {
  return TOOL.test(text);
}

/** The names of a list in one line, `Read, Bash(git add:*, git log:*)`. Commas in parentheses belong to a rule. */
export function splitTools(text: string): string[] {
  const names = text.match(/(?:\([^)]*\)|[^,(])+/g) ?? [];
  return names.map((name) => name.trim()).filter((name) => name !== '');
}

/** The tools that a list restricts to; `null`: there is no list, or it allows all tools. */
export function restriction(tools: readonly string[] | null): readonly string[] | null {
  return tools === null || tools.includes('*') ? null : tools;
}

/** OpenCode disables tools by name instead of listing the allowed ones: opencode.ai/docs/tools. */
const OPENCODE_TOOLS = [
  ...['bash', 'edit', 'write', 'patch', 'read', 'grep', 'glob', 'list', 'lsp', 'skill'],
  ...['todowrite', 'todoread', 'webfetch', 'websearch', 'question', 'task'],
];
/** One permission of OpenCode covers several tools. */
const OPENCODE_EDITS: readonly string[] = ['edit', 'write', 'patch'];

/** The tools that stay enabled; `null`: none is disabled. */
export function leftOn(
  switched: Readonly<Record<string, boolean>>,
  permissions: Readonly<Record<string, unknown>>,
): readonly string[] | null {
  const denied = Object.keys(permissions).filter((name) => permissions[name] === 'deny');
  const off = new Set([
    ...denied.flatMap((name) => (name === 'edit' ? OPENCODE_EDITS : name)),
    ...Object.keys(switched).filter((name) => switched[name] === false),
  ]);
  const on = Object.keys(switched).filter((name) => switched[name] === true && !off.has(name));
  if (off.size === 0) {
    return null;
  }
  return off.has('*')
    ? on
    : [...new Set([...OPENCODE_TOOLS, ...on])].filter((name) => !off.has(name));
}

/**
 * GitHub's custom agents name kinds of tools and VS Code's name tool sets; Copilot CLI has other names for these tools:
 * docs.github.com/en/copilot/reference/custom-agents-configuration. Its command line does not know the former, and a list
 * without any known name leaves it without tools (as in 1.0.102).
 */
const COPILOT_TOOLS: Readonly<Record<string, readonly string[]>> = {
  read: ['view'],
  edit: ['edit', 'create', 'str_replace', 'insert', 'apply_patch'],
  search: ['grep', 'rg', 'glob'],
  execute: ['bash', 'read_bash', 'write_bash', 'stop_bash', 'powershell'],
  web: ['web_fetch'],
  todo: ['update_todo'],
};
const COPILOT_ALIASES: Readonly<Record<string, string>> = {
  shell: 'execute',
  bash: 'execute',
  powershell: 'execute',
  runcommands: 'execute',
  editfiles: 'edit',
  write: 'edit',
  codebase: 'search',
  usages: 'search',
  grep: 'search',
  glob: 'search',
  fetch: 'web',
  webfetch: 'web',
  todos: 'todo',
  todowrite: 'todo',
};

/** The tools of Copilot CLI for a custom agent's list. Unknown names may be a server's tools and stay unchanged. */
export function copilotTools(tools: readonly string[]): string[] {
  return tools.flatMap((tool) => {
    const kind = tool.toLowerCase().split('/')[0] ?? '';
    return COPILOT_TOOLS[COPILOT_ALIASES[kind] ?? kind] ?? tool;
  });
}

/** Whether a subagent with only these tools cannot change a file. */
export function onlyReads(program: BuiltInAgent, tools: readonly string[] | null): boolean {
  return tools?.every((tool) => AGENTS[program].readOnlyTools.includes(tool)) ?? false;
}
