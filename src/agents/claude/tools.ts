import type { Tools } from '../stream/tool-words.ts';

/** The tools of Claude Code. */
export const TOOLS: Tools = new Map([
  ['Write', 'edit'],
  ['Edit', 'edit'],
  ['MultiEdit', 'edit'],
  ['NotebookEdit', 'edit'],
  ['Read', 'read'],
  ['Grep', 'search'],
  ['Glob', 'search'],
  ['Bash', 'run'],
  ['AskUserQuestion', 'ask'],
]);
