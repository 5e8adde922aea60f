import type { Tools } from '../stream/tool-words.ts';

/** OpenCode's own tools. */
export const TOOLS: Tools = new Map([
  ['write', 'edit'],
  ['edit', 'edit'],
  ['multiedit', 'edit'],
  ['patch', 'edit'],
  ['apply_patch', 'edit'],
  ['read', 'read'],
  ['list', 'read'],
  ['grep', 'search'],
  ['glob', 'search'],
  ['bash', 'run'],
  ['question', 'ask'],
]);
