import type { Tools } from '../stream/tool-words.ts';

/** Gemini CLI's own tools, by their names of several versions. */
export const TOOLS: Tools = new Map([
  ['write_file', 'edit'],
  ['replace', 'edit'],
  ['edit', 'edit'],
  ['read_file', 'read'],
  ['list_directory', 'read'],
  ['glob', 'search'],
  ['grep_search', 'search'],
  ['search_file_content', 'search'],
  ['run_shell_command', 'run'],
  ['ask_user', 'ask'],
]);
