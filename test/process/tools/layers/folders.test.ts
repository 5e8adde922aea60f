import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as z from 'zod/mini';
import { repository } from '../../../support/vscode/paths.ts';
import { type ScratchTree, scratchTree, violationsIn } from './scratch-tree.ts';

const Table = z.record(
  z.string(),
  z.record(z.string(), z.tuple([z.array(z.string()), z.string()])),
);
const load: (id: string) => unknown = createRequire(import.meta.url);
const rooms = Table.parse(load('../../../../tools/layers/inside-rooms.cjs'));

const MOST_FILES = 15;
const MOST_FLOORS_OF_THE_ENGINE = 11;

const directory = (room: string, folder: string): string => path.posix.join('src', room, folder);

/** The number of folders on the longest way down; fails on a cycle. */
function floorsOf(folders: Readonly<Record<string, readonly [readonly string[], string]>>): number {
  const below = (folder: string, above: readonly string[]): number => {
    assert.ok(!above.includes(folder), `cycle: ${[...above, folder].join(' → ')}`);
    const others = folders[folder]?.[0] ?? [];
    return 1 + Math.max(0, ...others.map((other) => below(other, [...above, folder])));
  };
  return Math.max(...Object.keys(folders).map((folder) => below(folder, [])));
}

describe('the folders inside the rooms', function () {
  this.timeout(60_000);
  let tree: ScratchTree;
  let broken: ReadonlyMap<string, readonly string[]>;

  before(async () => {
    const files: Record<string, string> = {};
    for (const [room, folders] of Object.entries(rooms)) {
      for (const [folder, [others]] of Object.entries(folders)) {
        const here = directory(room, folder);
        files[`${here}/ground.ts`] = `export const ground = '${folder}';`;
        const importing = (other: string): string => {
          const target = path.posix.relative(here, `${directory(room, other)}/ground.ts`);
          return `export * from '${target.startsWith('.') ? target : `./${target}`}';`;
        };
        files[`${here}/allowed.ts`] = [folder, ...others].map(importing).join('\n');
        const forbidden = Object.keys(folders).find(
          (other) => other !== folder && !others.includes(other),
        );
        if (forbidden !== undefined) {
          files[`${here}/bites.ts`] = importing(forbidden);
        }
      }
      files[`src/${room}/unlisted/file.ts`] = `export * from './other.ts';`;
      files[`src/${room}/unlisted/other.ts`] = 'export const other = 1;';
    }
    tree = scratchTree(files);
    const found = new Map<string, string[]>();
    for (const { from, rule } of await violationsIn(tree.folder)) {
      found.set(from, [...(found.get(from) ?? []), rule.name]);
    }
    broken = found;
  });

  after(() => {
    tree.remove();
  });

  for (const [room, folders] of Object.entries(rooms)) {
    const all = Object.entries(folders);
    const forbids = ([folder, [others]]: (typeof all)[number]): boolean =>
      all.some(([other]) => other !== folder && !others.includes(other));

    it(`of ${room} say why they stand where they stand, without a cycle`, () => {
      assert.deepEqual(
        all.filter(([, [, reason]]) => !/^[A-Z].{10,}\.$/.test(reason)),
        [],
      );
      assert.ok(floorsOf(folders) > 0);
    });

    it(`of ${room} may import what the table says, and nothing else`, () => {
      for (const entry of all) {
        const here = directory(room, entry[0]);
        const rule = `folder-${room}-${entry[0]}`;
        assert.equal(broken.get(`${here}/allowed.ts`), undefined, here);
        assert.deepEqual(broken.get(`${here}/bites.ts`), forbids(entry) ? [rule] : undefined, here);
      }
    });

    it(`of ${room} need a place in the table`, () => {
      assert.deepEqual(broken.get(`src/${room}/unlisted/file.ts`), [`known-folders-${room}`]);
    });
  }

  it(`makes at most ${MOST_FLOORS_OF_THE_ENGINE} floors of the engine`, () => {
    assert.ok(floorsOf(rooms.engine ?? {}) <= MOST_FLOORS_OF_THE_ENGINE);
  });

  it(`holds at most ${MOST_FILES} files in a folder`, () => {
    const fat = readdirSync(path.join(repository, 'src'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .map(
        (folder) =>
          [
            path.relative(repository, folder),
            readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile()).length,
          ] as const,
      )
      .filter(([, files]) => files > MOST_FILES);
    assert.deepEqual(fat, []);
  });

  it('lists no folder that does not exist', () => {
    const missing = Object.entries(rooms).flatMap(([room, folders]) =>
      Object.keys(folders)
        .filter((folder) => {
          try {
            return !readdirSync(path.join(repository, directory(room, folder))).some((name) =>
              name.endsWith('.ts'),
            );
          } catch {
            return true;
          }
        })
        .map((folder) => directory(room, folder)),
    );
    assert.deepEqual(missing, []);
  });
});
