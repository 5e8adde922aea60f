import { readGit } from '../git/git.ts';
import { codeBlock, section } from './markdown.ts';

/**
 * Returns branch, last commits, status and size of the changes as Markdown, or a sentence that says that there is no
 * git or no repository.
 */
export async function gitSection(workspaceRoot: string): Promise<string> {
  const git = (...args: string[]) => readGit(workspaceRoot, args);
  if ((await git('rev-parse', '--git-dir')) === null) {
    return section('Git', (await readGit('.', ['--version'])) === null ? NO_GIT : NO_REPOSITORY);
  }
  const [branch, commit, log, status, changes] = await Promise.all([
    git('symbolic-ref', '--quiet', '--short', 'HEAD'),
    git('rev-parse', '--short', 'HEAD'),
    git(
      'log',
      '-5',
      '--no-color',
      '--no-show-signature',
      '--format=%h %ad %an: %s',
      '--date=short',
    ),
    git('status', '--short', '--', '.'),
    git('diff', 'HEAD', '--stat', '--no-color', '--no-ext-diff', '--no-textconv', '--', '.'),
  ]);
  return [
    section('Git', branchLine(branch, commit)),
    section('Last commits', codeBlock(log ?? '') ?? 'There is no commit yet.'),
    section('Changed files', statusText(status)),
    section('Size of the changes', codeBlock(changes ?? '') ?? 'Nothing to compare.'),
  ].join('\n');
}

const NO_GIT = 'git is not installed here, so nothing is known of branch and changes.';
const NO_REPOSITORY =
  'This folder is not a git repository, so nothing is known of branch and changes.';

function branchLine(branch: string | null, commit: string | null): string {
  if (branch !== null) {
    return `On branch \`${branch.trim()}\`.`;
  }
  return `On no branch, at commit ${commit?.trim() ?? 'unknown'}.`;
}

function statusText(status: string | null): string {
  if (status === null) {
    return 'git did not say which files are changed.';
  }
  return codeBlock(status) ?? 'None: the working tree is clean.';
}
