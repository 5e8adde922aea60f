import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../../system/error-code.ts';
import { type PlanSelection, type Selector, selector } from './selection.ts';
import { isToolFolder } from './tools.ts';

/** Folders whose plans do not belong to the workspace: dependencies, output, tools' state, finished changes. */
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
  'archived',
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

/** File names of plans. Generators of task lists write `tasks-prd-login.md` and `login-tasks.md`. */
const NAMES =
  /^(?:tasks|todos?|plan|backlog)\.md$|\.(?:tasks|todo|plan)\.md$|^tasks-.+\.md$|-tasks\.md$|^tasks\.json$|\.tasks\.json$/i;
/** Paths of plans that only their folder identifies: ccpm's epics, with a numbered file for each task. */
const PATHS = /(?:^|\/)\.claude\/epics\/[^/]+\/\d+\.md$/i;

const MAX_PARALLEL_FOLDERS = 32;

/** Finds and recognises the plans of a workspace by path; the content of a file decides later. */
export class PlanFinder {
  readonly #selected: Selector;

  constructor(selection: PlanSelection = {}) {
    this.#selected = selector(selection);
  }

  /** Whether this file may contain a plan, by its path relative to the workspace, with `/`. */
  isPlanFile(path: string): boolean {
    if (this.#selected.excluded(path)) {
      return false;
    }
    if (this.#selected.included(path)) {
      return true;
    }
    const parts = path.split('/');
    const name = parts.pop() ?? '';
    return (NAMES.test(name) || PATHS.test(path)) && !parts.some(isIgnoredFolder);
  }

  /** Whether a tool keeps a plan in this folder. */
  isToolFolder(path: string): boolean {
    const parts = path.split('/');
    const name = parts.pop() ?? '';
    return isToolFolder(name) && !parts.some(isIgnoredFolder) && !this.#selected.excluded(path);
  }

  /** Whether this folder may contain plans, provided that its parent folders may. */
  enters(path: string): boolean {
    if (this.#selected.excluded(path)) {
      return false;
    }
    return !isIgnoredFolder(path.split('/').at(-1) ?? '') || this.#selected.entered(path);
  }

  /**
   * Returns the files of a workspace that may contain plans and the folders in which tools keep plans, at any depth,
   * sorted by path. A symbolic link to a file is a plan file; the search does not enter linked folders (globbing
   * libraries offer only both or neither). Skips folders that it cannot read.
   */
  async find(workspaceRoot: string): Promise<readonly string[]> {
    const found: string[] = [];
    const folders = [''];
    while (folders.length > 0) {
      const listed = await Promise.all(
        folders.splice(0, MAX_PARALLEL_FOLDERS).map((folder) => list(workspaceRoot, folder)),
      );
      for (const { path, isFolder } of listed.flat()) {
        if (isFolder ? this.isToolFolder(path) : this.isPlanFile(path)) {
          found.push(path);
        } else if (isFolder && this.enters(path)) {
          folders.push(path);
        }
      }
    }
    return found.sort();
  }
}

/** Whether the search skips folders of this name. */
function isIgnoredFolder(name: string): boolean {
  return IGNORED_NAMES.has(name.toLowerCase());
}

interface Entry {
  readonly path: string;
  readonly isFolder: boolean;
}

async function list(root: string, folder: string): Promise<readonly Entry[]> {
  try {
    const entries = await readdir(join(root, folder), { withFileTypes: true });
    return entries.map((entry) => ({
      path: folder === '' ? entry.name : `${folder}/${entry.name}`,
      isFolder: entry.isDirectory(),
    }));
  } catch (error) {
    if (errorCode(error) === undefined) {
      throw error;
    }
    return [];
  }
}
