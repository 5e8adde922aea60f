import { pathsWithin, plainPath } from './plain-paths.ts';

/** What an agent was denied, and what its task asks for. */
export interface DenialFacts {
  /** As agents tell them: `Bash: npm install`, `Write: src/a.ts`, or a tool alone. */
  readonly denials: readonly string[];
  readonly expectsChanges: boolean;
  /** Files and folders that the task names, relative to the workspace. */
  readonly files: readonly string[];
  /** The task's own words. */
  readonly text: string;
  /** The workspace's folder (absolute), which agents may write before a path. */
  readonly root: string;
}

/** Those that keep the task from being done, and those that it did not ask for. */
export interface SortedDenials {
  readonly decisive: readonly string[];
  readonly others: readonly string[];
}

/**
 * Sorts what was denied. It decides against a task where the tool changes files and the task expects changes, where it
 * is about a file or folder that the task names, and where it is a command that the task's text names.
 */
export function sortDenials(facts: DenialFacts): SortedDenials {
  const decisive: string[] = [];
  const others: string[] = [];
  for (const denial of facts.denials) {
    (isDecisive(denial, facts) ? decisive : others).push(denial);
  }
  return { decisive, others };
}

/** What the agents call the tools that change files. */
const EDITING = new Set([
  'write',
  'edit',
  'multiedit',
  'notebookedit',
  'writefile',
  'editfile',
  'createfile',
  'deletefile',
  'updatefile',
  'replace',
  'applypatch',
  'patch',
  'create',
  'insert',
  'filechange',
  'strreplace',
  'strreplaceeditor',
]);

function isDecisive(denial: string, facts: DenialFacts): boolean {
  const { tool, subject } = toolAndSubject(denial);
  const edits = EDITING.has(tool.toLowerCase().replace(/[^a-z]/g, ''));
  if (edits && facts.expectsChanges) {
    return true;
  }
  return isAboutFiles(subject, facts) || (!edits && isNamedCommand(subject, facts.text));
}

/** `Bash: npm install` or `Bash(npm install)`. */
function toolAndSubject(denial: string): { readonly tool: string; readonly subject: string } {
  const [, tool, colon, parens] = /^([\w.-]+)(?:: ?(.*)|\((.*)\))?$/s.exec(denial.trim()) ?? [];
  return tool === undefined
    ? { tool: '', subject: denial }
    : { tool, subject: colon ?? parens ?? '' };
}

function isAboutFiles(subject: string, { files, root }: DenialFacts): boolean {
  const named = files.map(plainPath).filter((file) => file !== '' && file !== '.');
  if (named.length === 0) {
    return false;
  }
  const isWithin = pathsWithin(named);
  const home = `${plainPath(root)}/`;
  return subject
    .split(/[\s'"`=;|&<>(),]+/)
    .map((word) => plainPath(word.replaceAll('\\', '/').replace(home, '')))
    .filter((path) => path !== '' && path !== '.')
    .some((path) => isWithin(path) || named.some((file) => file.startsWith(`${path}/`)));
}

/** What a command is known by: `npm install`, `git push`; a program alone only counts where it is quoted as code. */
function isNamedCommand(subject: string, text: string): boolean {
  const words = ` ${plainWords(text)} `;
  const quoted = [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => plainWords(code));
  return subject.split(/&&|\|\||[;|\n]/).some((part) => {
    const [program = '', argument] = plainWords(part.replace(/^(?:\s*\w+=\S*)+\s/, '')).split(' ');
    if (program === '') {
      return false;
    }
    const isQuoted = quoted.some((code) => code === program || code.startsWith(`${program} `));
    if (argument === undefined) {
      return isQuoted;
    }
    const phrase = `${program} ${argument}`;
    return words.includes(` ${phrase} `) || quoted.includes(program);
  });
}

/** Words as they are compared: any case, without the marks around them. */
function plainWords(text: string): string {
  return text
    .toLowerCase()
    .replace(/[`'"“”‘’()[\]{},;:!?]|\.(?=\s|$)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
