import type { BuiltInAgent } from '../../shared/agent-ids.ts';
import { AGENTS } from '../registry.ts';

/** What may stand in a list on a command line: nothing that could be read as an option or as two names. */
const TOOL = /^[\p{L}_*][^\n\r\0]*$/u;

/** Whether a text can be the name of a tool, with a rule behind it: `Bash(git log:*)`. */
export function isToolName(text: string): boolean {
  return TOOL.test(text);
}

/** The names of a list that is written in one line, `Read, Bash(git add:*, git log:*)`: commas in parentheses are a rule's. */
export function splitTools(text: string): string[] {
  const names = text.match(/(?:\([^)]*\)|[^,(])+/g) ?? [];
  return names.map((name) => name.trim()).filter((name) => name !== '');
}

/** What a list restricts to; `null`: it names all tools, or does not say. */
export function restriction(tools: readonly string[] | null): readonly string[] | null {
  return tools === null || tools.includes('*') ? null : tools;
}

/** OpenCode switches tools off by name instead of naming those that are left: opencode.ai/docs/tools. */
const OPENCODE_TOOLS = [
  ...['bash', 'edit', 'write', 'patch', 'read', 'grep', 'glob', 'list', 'lsp', 'skill'],
  ...['todowrite', 'todoread', 'webfetch', 'websearch', 'question', 'task'],
];
/** One permission of OpenCode can be that of several tools. */
const OPENCODE_EDITS: readonly string[] = ['edit', 'write', 'patch'];

/** The tools that are left where some are switched off; `null`: nothing is. */
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
 * Custom agents of GitHub name kinds of tools, and those of VS Code sets of them, for what Copilot CLI has tools of other
 * names for: docs.github.com/en/copilot/reference/custom-agents-configuration. Its command line does not know those words,
 * and a list of nothing that it knows leaves it without tools (seen with 1.0.102).
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

/** The tools of Copilot CLI that a custom agent's list stands for; what nobody knows may be a server's and stays. */
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
