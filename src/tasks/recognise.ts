import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../system/error-code.ts';
import { asSourceId, type SourceId } from '../shared/ids.ts';

/** Folders whose plans are not the workspace's own: dependencies, output, tools' state, finished changes. */
const IGNORED = [
  'node_modules',
  'bower_components',
  'vendor',
  'target',
  'dist',
  'out',
  'build',
  'coverage',
  'archive',
  'venv',
  '.venv',
  '.git',
  '.hg',
  '.svn',
  '.vscode',
  '.vscode-test',
  '.idea',
  '.cache',
  '.next',
  '.nuxt',
  '.tox',
  '.parallel-groups',
] as const;
const IGNORED_NAMES: ReadonlySet<string> = new Set(IGNORED);

const NAMES = /^(?:tasks|todo|plan)\.md$|\.tasks\.md$|^tasks\.json$|\.tasks\.json$/i;

const FOLDERS_AT_ONCE = 32;

/** Whether a plan may be in this file, by its path relative to the workspace, with `/`. Its content decides later. */
export function isPlanFile(path: string): boolean {
  const parts = path.split('/');
  const name = parts.pop() ?? '';
  return NAMES.test(name) && !parts.some(isIgnoredFolder);
}

/** Whether plans below a folder of this name are passed over. */
export function isIgnoredFolder(name: string): boolean {
  return IGNORED_NAMES.has(name.toLowerCase());
}

/**
 * The files of a workspace that may hold plans, at any depth, sorted by path. A symbolic link to a file is a plan file;
 * linked folders are not entered (globbing libraries know only both or neither). Folders that cannot be read are passed
 * over.
 */
export async function findPlanFiles(workspaceRoot: string): Promise<readonly SourceId[]> {
  const found: string[] = [];
  const folders = [''];
  while (folders.length > 0) {
    const listed = await Promise.all(
      folders.splice(0, FOLDERS_AT_ONCE).map((folder) => list(workspaceRoot, folder)),
    );
    for (const { path, isFolder } of listed.flat()) {
      if (!isFolder) found.push(path);
      else folders.push(path);
    }
  }
  return found.sort().map(asSourceId);
}

interface Entry {
  readonly path: string;
  readonly isFolder: boolean;
}

/** What of a folder is to be looked at further. */
async function list(root: string, folder: string): Promise<readonly Entry[]> {
  try {
    const entries = await readdir(join(root, folder), { withFileTypes: true });
    return entries
      .map((entry) => ({
        path: folder === '' ? entry.name : `${folder}/${entry.name}`,
        name: entry.name,
        isFolder: entry.isDirectory(),
      }))
      .filter(({ name, isFolder }) => (isFolder ? !isIgnoredFolder(name) : NAMES.test(name)));
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return [];
  }
}
