import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { install, type Installation } from '../../../support/vscode/cache.ts';
import { withLock } from '../../../support/vscode/lock.ts';

describe('the cache of what the tests need', () => {
  let folder: string;
  const cacheBefore = process.env.PARALLEL_GROUPS_CACHE;
  let builds: number;
  let installation: Installation;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'pg-cache-'));
    process.env.PARALLEL_GROUPS_CACHE = folder;
    builds = 0;
    installation = {
      name: 'thing-1.0.0',
      title: 'a thing',
      megabytes: 1,
      files: ['thing'],
      build: async (into) => {
        builds += 1;
        await sleep(20);
        await writeFile(path.join(into, 'thing'), 'works');
      },
      verify: async (into) => {
        assert.equal(await readFile(path.join(into, 'thing'), 'utf8'), 'works');
      },
    };
  });

  afterEach(async () => {
    if (cacheBefore === undefined) {
      delete process.env.PARALLEL_GROUPS_CACHE;
    } else {
      process.env.PARALLEL_GROUPS_CACHE = cacheBefore;
    }
    await rm(folder, { recursive: true });
  });

  it('installs once, however many ask at the same time', async () => {
    const folders = await Promise.all([1, 2, 3].map(() => install(installation)));
    assert.deepEqual(new Set(folders), new Set([path.join(folder, 'thing-1.0.0')]));
    assert.equal(builds, 1);
  });

  it('keeps nothing of an installation that does not work', async () => {
    const broken = { ...installation, verify: () => Promise.reject(new Error('broken')) };
    await assert.rejects(install(broken), /broken/);
    await install(installation);
    assert.equal(builds, 2);
  });

  it('installs again when somebody removed a file', async () => {
    await rm(path.join(await install(installation), 'thing'));
    await install(installation);
    assert.equal(builds, 2);
  });

  it('says what to do when the disk is too small', async () => {
    const huge = { ...installation, megabytes: 1e12 };
    await assert.rejects(install(huge), /needs about .*Free some space/s);
    assert.equal(builds, 0);
  });

  it('takes over the lock of a process that has ended', async () => {
    const file = path.join(folder, 'lock');
    const { stdout: pid } = await execa(process.execPath, ['-p', 'process.pid']);
    await writeFile(file, pid);
    assert.equal(await withLock(file, 'a thing', () => Promise.resolve('done')), 'done');
    await assert.rejects(stat(file), /ENOENT/);
  });
});
