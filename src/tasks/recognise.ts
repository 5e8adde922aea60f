import { glob } from 'tinyglobby';
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

/** Glob patterns of the files that `isPlanFile` accepts. */
const PLAN_GLOBS = ['**/{tasks,todo,plan}.md', '**/*.tasks.md', '**/tasks.json', '**/*.tasks.json'];

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

/** The files of a workspace that may hold plans, at any depth, sorted by path. Symbolic links to folders are not followed. */
export async function findPlanFiles(workspaceRoot: string): Promise<readonly SourceId[]> {
  const paths = await glob(PLAN_GLOBS, {
    cwd: workspaceRoot,
    ignore: IGNORED.map((name) => `**/${name}/**`),
    caseSensitiveMatch: false,
    dot: true,
    followSymbolicLinks: false,
    onlyFiles: true,
  });
  return paths
    .map((path) => path.replaceAll('\\', '/'))
    .filter(isPlanFile)
    .sort()
    .map(asSourceId);
}
