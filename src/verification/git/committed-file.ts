import { readGit } from './git.ts';

/**
 * Returns the text of a file in a commit; empty if the commit does not have it, or the folder is in no repository.
 * `path` is relative to `workspaceRoot`, with `/`.
 */
export async function committedText(
  workspaceRoot: string,
  commit: string,
  path: string,
): Promise<string> {
  if (!/^[0-9a-f]{40,64}$/.test(commit)) {
    return '';
  }
  return (await readGit(workspaceRoot, ['show', '--no-textconv', `${commit}:./${path}`])) ?? '';
}
