// What Chromium compiled of VS Code's 15 MB of scripts, for the next browser: a window then costs a quarter less time of
// a processor. Chromium compiles a script for its cache when it loads it a second time.
import { randomUUID } from 'node:crypto';
import { cp, mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { repository } from './paths.ts';

const cache = path.join(repository, 'node_modules', '.cache', 'browser');
/** Folders of a profile with scripts and their compiled code. */
const parts = ['Cache', 'Code Cache'];

/** Copies the kept cache into a fresh profile. */
export async function fillCodeCache(profile: string): Promise<void> {
  await copyParts(cache, path.join(profile, 'Default'));
}

/** Keeps the cache of a profile whose browser has ended; the newest cache wins. */
export async function keepCodeCache(profile: string): Promise<void> {
  const fresh = `${cache}-${randomUUID()}`;
  const old = `${cache}-${randomUUID()}`;
  await copyParts(path.join(profile, 'Default'), fresh);
  // Another process may do the same at this moment. Whichever of the caches stays is good.
  await rename(cache, old).catch(() => undefined);
  await rename(fresh, cache).catch(() => undefined);
  await Promise.all([fresh, old].map((each) => rm(each, { recursive: true, force: true })));
}

/** Copies what is there. An incomplete copy is no failure: Chromium drops a cache that it cannot read. */
async function copyParts(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const part of parts) {
    await cp(path.join(from, part), path.join(to, part), { recursive: true }).catch(
      () => undefined,
    );
  }
}
