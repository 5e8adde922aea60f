import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';

const LockFile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      resolved: z.optional(z.string()),
      optionalDependencies: z.optional(z.record(z.string(), z.string())),
    }),
  ),
});

async function lockedPackages(): Promise<z.infer<typeof LockFile>['packages']> {
  const file = new URL('../../../package-lock.json', import.meta.url);
  return LockFile.parse(JSON.parse(await readFile(file, 'utf8'))).packages;
}

describe('package-lock.json', () => {
  it('holds the packages of every platform, without which npm ci refuses it', async () => {
    const packages = await lockedPackages();
    const names = new Set(Object.keys(packages).map((key) => key.split('node_modules/').at(-1)));
    const wanted = Object.values(packages).flatMap((each) =>
      Object.keys(each.optionalDependencies ?? {}),
    );
    assert.deepEqual(
      wanted.filter((name) => !names.has(name)),
      [],
    );
  });

  it('names no registry, so that everybody installs from their own', async () => {
    const packages = Object.entries(await lockedPackages());
    assert.deepEqual(
      packages.filter(([, each]) => each.resolved?.startsWith('http') === true).map(([key]) => key),
      [],
    );
  });
});
