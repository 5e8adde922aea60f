import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { watchGroups } from '../../../../src/engine/groups/watch-groups.ts';
import type { Disposable } from '../../../../src/shared/disposable.ts';
import { listGroupDirectories } from '../../../../src/store/directories/group-directory.ts';
import { eventually } from '../../../support/eventually.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

describe('the groups of a workspace that other processes run', () => {
  let root: string;
  let watch: Disposable;
  /** The ids of the groups at each refresh. */
  const seen: string[][] = [];
  beforeEach(() => {
    root = temporaryDirectory();
    seen.length = 0;
    watch = watchGroups(root, async () => {
      seen.push((await listGroupDirectories(root)).map(({ id }) => id));
    });
  });
  afterEach(() => {
    watch.dispose();
    removeDirectory(root);
  });

  const directoryOf = (id: string): string => join(root, '.parallel-groups', 'groups', id);
  const setOwner = (id: string): void => {
    const owner = { v: 1, key: `tasks.md#${id}`, id, source: 'tasks.md' };
    writeFileSync(join(directoryOf(id), 'owner.json'), JSON.stringify(owner));
  };
  const isFound = (id: string): Promise<void> =>
    eventually(`${id} is found`, () => seen.at(-1)?.includes(id) === true);

  it('are found even if a directory says only later whose it is', async () => {
    // The first one makes the folder of all groups; the second one is found by the watch of that folder.
    for (const id of ['a', 'b']) {
      mkdirSync(directoryOf(id), { recursive: true });
      setOwner(id);
      await isFound(id);
    }
    const before = seen.length;
    mkdirSync(directoryOf('c'));
    await eventually('the new directory is seen', () => seen.length > before);
    setOwner('c');
    await isFound('c');
    assert.deepEqual(seen.at(-1), ['a', 'b', 'c']);
  });
});
