import { readGit } from './git.ts';

/**
 * The text of a file as a commit has it; empty where it had none, or is in no repository. `path`: relative to
 * `workspaceRoot`, with `/`.
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
