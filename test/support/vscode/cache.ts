import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import * as z from 'zod/mini';
import { withLock } from './lock.ts';
import { say, SetupError } from './setup-error.ts';

/** An installation that all clones on this machine share. */
export interface Installation {
  /** Folder name in the cache; carries the exact version. */
  readonly name: string;
  /** For progress lines, such as "VS Code 1.139 (server)". */
  readonly title: string;
  /** Disk space for the installation, MB. */
  readonly megabytes: number;
  /** Files, relative to the folder, that show that the folder is not empty. */
  readonly files: readonly string[];
  /** Fills the empty `folder`. */
  readonly build: (folder: string) => Promise<void>;
  /** Throws unless the installation in `folder` works. */
  readonly verify: (folder: string) => Promise<void>;
}

const markerName = '.verified.json';
const Marker = z.object({ name: z.string(), files: z.array(z.string()) });

/** Returns the folder for downloads, which is outside the clone so that a new clone does not download them again. */
export function cacheFolder(): string {
  const { PARALLEL_GROUPS_CACHE: own, XDG_CACHE_HOME: xdg } = process.env;
  if (own !== undefined && own !== '') {
    return path.resolve(own);
  }
  const base = xdg !== undefined && xdg !== '' ? xdg : path.join(homedir(), '.cache');
  return path.join(base, 'parallel-groups-dev');
}

/**
 * Returns the folder of `installation` and installs it first if necessary. An interrupted installation leaves only a
 * `.partial` folder, which the next one replaces; npm's cache keeps the downloads.
 */
export async function install(installation: Installation): Promise<string> {
  const root = cacheFolder();
  const folder = path.join(root, installation.name);
  if (await isComplete(installation, folder)) {
    return folder;
  }
  await mkdir(root, { recursive: true }).catch((error: unknown) => {
    throw new SetupError(
      `The cache folder ${root} cannot be created: ${String(error)}\n` +
        'Set PARALLEL_GROUPS_CACHE to a folder that can be written to.',
    );
  });
  return withLock(`${folder}.lock`, installation.title, async () => {
    // Another process may have finished it while this one waited for the lock.
    if (!(await isComplete(installation, folder))) {
      await installNow(installation, folder);
    }
    return folder;
  });
}

async function installNow(installation: Installation, folder: string): Promise<void> {
  const { title, name, files, megabytes } = installation;
  await assertSpace(path.dirname(folder), title, megabytes);
  const started = performance.now();
  const partial = `${folder}.partial`;
  say(`Installing ${title} into ${folder} (once per machine, about ${megabytes} MB) …`);
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial);
  await installation.build(partial);
  say(`  checking ${title} …`);
  await installation.verify(partial);
  await writeFile(path.join(partial, markerName), JSON.stringify({ name, files }));
  await rm(folder, { recursive: true, force: true });
  await rename(partial, folder);
  say(`  ${title} is ready after ${((performance.now() - started) / 1000).toFixed(0)} s.`);
}

async function isComplete(installation: Installation, folder: string): Promise<boolean> {
  try {
    const text = await readFile(path.join(folder, markerName), 'utf8');
    const marker = Marker.parse(JSON.parse(text));
    if (marker.name !== installation.name) {
      return false;
    }
  } catch {
    // No valid marker: the content is not reliable.
    return false;
  }
  return installation.files.every((file) => existsSync(path.join(folder, file)));
}

async function assertSpace(folder: string, title: string, megabytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = Math.floor((bavail * bsize) / 1e6);
  if (free >= megabytes) {
    return;
  }
  throw new SetupError(
    `${title} needs about ${megabytes} MB in ${folder}, and only ${free} MB are free there.\n` +
      'Free some space, or set PARALLEL_GROUPS_CACHE to a folder on another disk.',
  );
}
