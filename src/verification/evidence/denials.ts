import { pathsWithin, plainPath } from './plain-paths.ts';

/** The denied tool calls of an agent, and what its task asks for. */
export interface DenialFacts {
  /** Denials as agents report them: `Bash: npm install`, `Write: src/a.ts`, or only a tool. */
  readonly denials: readonly string[];
  readonly expectsChanges: boolean;
  /** Files and folders that the task names, relative to the workspace. */
  readonly files: readonly string[];
  /** The text of the task. */
  readonly text: string;
  /** The workspace's folder (absolute), which agents may put before a path. */
  readonly root: string;
}

/** Denials that keep the task from being done, and those of calls that it did not ask for. */
export interface SortedDenials {
  readonly decisive: readonly string[];
  readonly others: readonly string[];
}

/**
 * Sorts the denials. One decides against the task if the tool changes files and the task expects changes, if it
 * concerns a file or folder that the task names, or if it is a command that the task's text names.
 */
export function sortDenials(facts: DenialFacts): SortedDenials {
  const decisive: string[] = [];
  const others: string[] = [];
  for (const denial of facts.denials) {
    (isDecisive(denial, facts) ? decisive : others).push(denial);
  }
  return { decisive, others };
}

/** The agents' names for tools that change files. */
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

/** Splits `Bash: npm install` or `Bash(npm install)`. */
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

/**
 * Returns whether `text` names the command by its first two words (`npm install`, `git push`); a program alone counts
 * only if it is quoted as code.
 */
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

/** Normalises text for comparison: lower case, without surrounding punctuation. */
function plainWords(text: string): string {
  return text
    .toLowerCase()
    .replace(/[`'"“”‘’()[\]{},;:!?]|\.(?=\s|$)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
