import { isAbsolute, relative } from 'node:path';
import { isObject, type JsonObject } from '../../shared/json-object.ts';
import { t } from '../../shared/messages.ts';
import type { AgentEvent } from '../contract/adapter.ts';
import { plainLine } from '../contract/text.ts';

/** A tool's parameters. */
export type ToolInput = JsonObject;
/** The kinds of tools whose parameters are useful to a person. */
export type ToolKind = 'edit' | 'read' | 'search' | 'run' | 'ask';
/** The tools of one program, by name. */
export type Tools = ReadonlyMap<string, ToolKind>;

/** Programs use different names for the same parameters. */
const FILE = ['file_path', 'notebook_path', 'filePath', 'absolute_path', 'path', 'dir_path'];
const COMMAND = ['command', 'cmd'];
const PATTERN = ['pattern', 'query'];
const WHOLE = ['content', 'file_text'];
const OLD = ['old_string', 'oldString', 'old_str'];
const NEW = ['new_string', 'newString', 'new_str', 'insert_text'];
const SUBJECT = ['description', 'query', 'url', 'skill', 'name', ...FILE, 'pattern', 'prompt'];
/** The headings of the patch format that several programs share. */
const PATCHED = /^\*\*\* (?:Add|Update|Delete) File: (.+)$|^\*\*\* Move to: (.+)$/gm;

/** The files that a tool changes if it succeeds, by the agent's names; empty if it names none. */
export function editedFiles(tools: Tools, name: string, input: ToolInput): readonly string[] {
  if (tools.get(name) !== 'edit') {
    return [];
  }
  const file = textOf(input, FILE);
  return file === null ? patchedFiles(input) : [file];
}

function patchedFiles(input: ToolInput): readonly string[] {
  const patch = textOf(input, ['patchText', 'patch', 'input']) ?? '';
  return [...patch.matchAll(PATCHED)].map(([, file, moved]) => (file ?? moved ?? '').trim());
}

/** The steps that a person sees when the agent uses a tool. */
export function toolSteps(
  tools: Tools,
  name: string,
  input: ToolInput,
  cwd: string,
): readonly AgentEvent[] {
  const edited = editedFiles(tools, name, input);
  if (edited.length > 0) {
    const lines = edited.length === 1 ? changedLines(input) : '';
    return edited.map((file) => editStep(file, cwd, lines));
  }
  switch (tools.get(name)) {
    case 'read':
      return [step('read', withinCwd(textOf(input, FILE) ?? '', cwd))];
    case 'search':
      return [step('read', t('files matching {0}', textOf(input, PATTERN) ?? ''))];
    case 'run':
      return [step('run', textOf(input, COMMAND) ?? '')];
    case 'ask':
      return [{ type: 'needs_you', text: plainLine(question(input)) }];
    case 'edit':
    case undefined:
      return [step('tool', `${name}  ${textOf(input, SUBJECT) ?? ''}`)];
  }
}

/** The step before a file changes; `lines`: such as `+3 −1`, or empty. */
export function editStep(path: string, cwd: string, lines: string): AgentEvent {
  const file = withinCwd(path, cwd);
  return { type: 'step', kind: 'edit', text: plainLine(`${file}  ${lines}`), file };
}

/** A tool's use in a list of denials: `Bash: rm -rf dist`. */
export function describeTool(tools: Tools, name: string, input: ToolInput): string {
  const [edited] = editedFiles(tools, name, input);
  const what = textOf(input, COMMAND) ?? edited ?? textOf(input, SUBJECT) ?? '';
  return plainLine(what === '' ? name : `${name}: ${what}`);
}

/** A step with a text; empty for an empty text. */
export function textSteps(kind: 'says' | 'thinks' | 'warns', text: string): readonly AgentEvent[] {
  const line = plainLine(text);
  return line === '' ? [] : [{ type: 'step', kind, text: line }];
}

function step(kind: 'read' | 'run' | 'tool', words: string): AgentEvent {
  return { type: 'step', kind, text: plainLine(words) };
}

/** `path` relative to `cwd`, with `/`; a path outside stays unchanged. */
export function withinCwd(path: string, cwd: string): string {
  if (!isAbsolute(path)) {
    return path.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '');
  }
  // The common case: resolving a path takes longer than parsing its event.
  if (path.startsWith(`${cwd}/`) && !/\/(?:\.{0,2})(?:\/|$)/.test(path.slice(cwd.length))) {
    return path.slice(cwd.length + 1);
  }
  const inside = relative(cwd, path);
  const outside = inside === '' || inside.startsWith('..') || isAbsolute(inside);
  return outside ? path : inside.replaceAll('\\', '/');
}

function changedLines(input: ToolInput): string {
  const whole = textOf(input, WHOLE);
  if (whole !== null) {
    return `+${lineCount(whole)}`;
  }
  const edits = Array.isArray(input.edits) ? input.edits.filter(isObject) : [input];
  const added = edits.map((edit) => lineCount(textOf(edit, NEW) ?? ''));
  const removed = edits.map((edit) => lineCount(textOf(edit, OLD) ?? ''));
  const [plus, minus] = [sum(added), sum(removed)];
  return plus === 0 && minus === 0 ? '' : `+${plus} −${minus}`;
}

function lineCount(content: string): number {
  if (content === '') {
    return 0;
  }
  return content.split('\n').length - (content.endsWith('\n') ? 1 : 0);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

function question(input: ToolInput): string {
  const several = Array.isArray(input.questions) ? input.questions.filter(isObject) : [input];
  const words = several.map((each) => textOf(each, ['question']) ?? '').join(' ');
  return words.trim() === '' ? t('It has a question.') : words;
}

/** The first of these parameters that is a nonempty string. */
export function textOf(input: ToolInput, names: readonly string[]): string | null {
  for (const name of names) {
    const value = input[name];
    if (typeof value === 'string' && value !== '') {
      return value;
    }
  }
  return null;
}
