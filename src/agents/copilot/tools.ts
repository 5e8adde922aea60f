import type { Tools } from '../stream/tool-words.ts';

/** Copilot CLI's own tools. */
export const TOOLS: Tools = new Map([
  ['create', 'edit'],
  ['edit', 'edit'],
  ['str_replace', 'edit'],
  ['insert', 'edit'],
  ['apply_patch', 'edit'],
  ['view', 'read'],
  ['grep', 'search'],
  ['rg', 'search'],
  ['glob', 'search'],
  ['bash', 'run'],
  ['powershell', 'run'],
  ['local_shell', 'run'],
  ['ask_user', 'ask'],
]);
