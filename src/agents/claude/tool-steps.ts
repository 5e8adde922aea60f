import { isAbsolute, relative } from 'node:path';
import type { AgentEvent } from '../adapter.ts';
import { oneLine } from '../text.ts';
import type { ToolInput } from './schema.ts';

const EDITING = new Set(['Write', 'Edit', 'MultiEdit', 'NotebookEdit']);

/** The file that a tool changes if it succeeds, as it is named by the agent; `null` if it changes none by name. */
export function editedFile(name: string, input: ToolInput): string | null {
  return EDITING.has(name) ? (text(input, 'file_path') ?? text(input, 'notebook_path')) : null;
}

/** `path` relative to `cwd`, with `/`; as it is where it lies outside. */
export function withinCwd(path: string, cwd: string): string {
  if (!isAbsolute(path)) return path.replaceAll('\\', '/');
  const inside = relative(cwd, path);
  const outside = inside === '' || inside.startsWith('..') || isAbsolute(inside);
  return outside ? path : inside.replaceAll('\\', '/');
}

/** What a person reads when the agent uses a tool. */
export function toolStep(name: string, input: ToolInput, cwd: string): AgentEvent {
  const edited = editedFile(name, input);
  if (edited !== null) {
    const file = withinCwd(edited, cwd);
    const text = oneLine([file, changedLines(name, input)].join('  '));
    return { type: 'step', kind: 'edit', text, file };
  }
  switch (name) {
    case 'Read':
      return step('read', withinCwd(text(input, 'file_path') ?? '', cwd));
    case 'Grep':
    case 'Glob':
      return step('read', `files matching ${text(input, 'pattern') ?? ''}`);
    case 'Bash':
      return step('run', text(input, 'command') ?? '');
    case 'AskUserQuestion':
      return { type: 'needs_you', text: oneLine(question(input)) };
    default:
      return step('tool', [name, subject(input)].join('  ').trim());
  }
}

/** `Bash: rm -rf dist`, for a list of what was denied. */
export function describeTool(name: string, input: ToolInput): string {
  const what = text(input, 'command') ?? editedFile(name, input) ?? subject(input);
  return oneLine(what === '' ? name : `${name}: ${what}`);
}

function step(kind: 'read' | 'run' | 'tool', words: string): AgentEvent {
  return { type: 'step', kind, text: oneLine(words) };
}

function changedLines(name: string, input: ToolInput): string {
  if (name === 'Write') return `+${lineCount(text(input, 'content') ?? '')}`;
  const edits = Array.isArray(input.edits) ? input.edits.filter(isInput) : [input];
  const added = edits.map((edit) => lineCount(text(edit, 'new_string') ?? ''));
  const removed = edits.map((edit) => lineCount(text(edit, 'old_string') ?? ''));
  const [plus, minus] = [sum(added), sum(removed)];
  return plus === 0 && minus === 0 ? '' : `+${plus} −${minus}`;
}

function isInput(value: unknown): value is ToolInput {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function lineCount(content: string): number {
  if (content === '') return 0;
  return content.split('\n').length - (content.endsWith('\n') ? 1 : 0);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

/** The one value that says what an unknown tool is about. */
function subject(input: ToolInput): string {
  const names = ['description', 'query', 'url', 'skill', 'file_path', 'path', 'pattern', 'prompt'];
  for (const name of names) {
    const value = text(input, name);
    if (value !== null) return value;
  }
  return '';
}

function question(input: ToolInput): string {
  const questions = Array.isArray(input.questions) ? input.questions.filter(isInput) : [];
  return questions.map((each) => text(each, 'question') ?? '').join(' ') || 'It has a question.';
}

function text(input: ToolInput, name: string): string | null {
  const value = input[name];
  return typeof value === 'string' && value !== '' ? value : null;
}
