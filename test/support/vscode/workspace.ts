import { cp, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';

export interface Workspace {
  readonly folder: string;
  /** Returns the absolute path of `name` in the workspace. */
  file(name: string): string;
  write(name: string, text: string): Promise<void>;
  remove(): Promise<void>;
}

export interface WorkspaceOptions {
  /** Copied first. */
  readonly from?: string;
  /** Path → content. */
  readonly files?: Readonly<Record<string, string>>;
  /** Commits everything to a new git repository. Default: true. */
  readonly git?: boolean;
}

const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@localhost'];

/** Creates a folder for a test; returns its real path, because VS Code resolves links and tests compare paths. */
export async function createWorkspace(options: WorkspaceOptions = {}): Promise<Workspace> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'pg-workspace-')));
  const file = (name: string): string => path.join(folder, name);
  const write = async (name: string, text: string): Promise<void> => {
    await mkdir(path.dirname(file(name)), { recursive: true });
    await writeFile(file(name), text);
  };
  if (options.from !== undefined) {
    await cp(options.from, folder, { recursive: true });
  }
  for (const [name, text] of Object.entries(options.files ?? {})) {
    await write(name, text);
  }
  if (options.git !== false) {
    await commitAll(folder);
  }
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true, maxRetries: 5 });
  return { folder, file, write, remove };
}

/** Makes `folder` a git repository with one commit, independent of the user's configuration. */
export async function commitAll(folder: string): Promise<void> {
  const git = (...args: readonly string[]): Promise<unknown> =>
    execa('git', args, { cwd: folder, env: { GIT_CONFIG_GLOBAL: '/dev/null' } });
  await git('init', '--quiet', '--initial-branch', 'main');
  await git('add', '--all');
  await git(...identity, 'commit', '--quiet', '--allow-empty', '--message', 'Initial state');
}
