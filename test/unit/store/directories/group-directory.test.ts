import { strict as assert } from 'node:assert';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { asGroupId, asSourceId, groupKey } from '../../../../src/shared/ids.ts';
import {
  createGroupDirectory,
  listGroupDirectories,
} from '../../../../src/store/directories/group-directory.ts';
import { stateDirectory } from '../../../../src/store/directories/state-directory.ts';
import { must } from '../../../support/store/journals.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

describe('the directory of a group', () => {
  let workspace: string;
  beforeEach(() => (workspace = temporaryDirectory()));
  afterEach(() => removeDirectory(workspace));

  const tasks = asSourceId('tasks.md');
  const other = asSourceId('docs/other.md');
  const create = async (source: typeof tasks, id: string): Promise<string> =>
    must(await createGroupDirectory(workspace, source, asGroupId(id)));
  const find = async (source: typeof tasks, id: string): Promise<string | null> => {
    const known = await listGroupDirectories(workspace);
    const key = groupKey(source, asGroupId(id));
    return known.find((each) => each.key === key)?.directory ?? null;
  };

  it('has the group’s id as its name', async () => {
    const directory = await create(tasks, 'auth');
    assert.equal(directory, join(workspace, '.parallel-groups', 'groups', 'auth'));
    assert.equal(await find(tasks, 'auth'), directory);
  });

  it('is the same for ids that differ only in case', async () => {
    const directory = await create(tasks, 'Auth');
    assert.equal(basename(directory), 'auth');
    assert.equal(await create(tasks, 'AUTH'), directory);
    assert.equal(await find(tasks, 'auth'), directory);
  });

  it('is another for each source that has a group of this id', async () => {
    const first = await create(tasks, 'auth');
    const second = await create(other, 'auth');
    assert.match(basename(second), /^auth~[0-9a-f]{8}$/);
    assert.equal(await create(other, 'AUTH'), second);
    assert.equal(await create(tasks, 'auth'), first);
    assert.equal(await find(other, 'auth'), second);
  });

  it('belongs to one source when many claim it at once', async () => {
    const sources = Array.from({ length: 12 }, (_, index) => asSourceId(`plan-${index}.md`));
    const directories = await Promise.all(sources.map((source) => create(source, 'auth')));
    assert.equal(new Set(directories).size, sources.length);
    assert.equal(directories.filter((path) => basename(path) === 'auth').length, 1);
    assert.deepEqual(await Promise.all(sources.map((source) => find(source, 'auth'))), directories);
  });

  it('is not found before it was created, and finding creates nothing', async () => {
    assert.equal(await find(tasks, 'auth'), null);
    assert.deepEqual(readdirSync(workspace), []);
    await create(tasks, 'auth');
    assert.equal(await find(other, 'auth'), null);
  });

  const hostile = [
    '../../x',
    '..',
    '',
    'con',
    'NUL.txt',
    'a/b',
    'a\\b',
    'ü-グループ',
    '.',
    'x\0y',
    'a'.repeat(300),
  ];
  for (const id of hostile) {
    it(`stays in its place for the id ${JSON.stringify(id.slice(0, 12))}`, async () => {
      const directory = await create(tasks, id);
      assert.equal(dirname(directory), join(stateDirectory(workspace), 'groups'));
      assert.match(basename(directory), /^[a-z0-9_~-][a-z0-9._~-]{0,63}$/);
      assert.equal(await find(tasks, id), directory);
      assert.deepEqual(await listGroupDirectories(workspace), [
        { directory, key: groupKey(tasks, asGroupId(id)), id, source: tasks },
      ]);
    });
  }

  it('is different for any two hostile ids', async () => {
    const directories = await Promise.all(hostile.map((id) => create(tasks, id)));
    assert.equal(new Set(directories).size, hostile.length);
  });

  it('whose owner cannot be told is somebody’s', async () => {
    const directory = await create(tasks, 'auth');
    writeFileSync(join(directory, 'owner.json'), '{"v":9}');
    assert.notEqual(await create(tasks, 'auth'), directory);
    assert.equal(readFileSync(join(directory, 'owner.json'), 'utf8'), '{"v":9}');
  });

  it('runs out of names only where all of them were forged', async () => {
    for (let index = 0; index < 4; index += 1) {
      const directory = await create(tasks, 'auth');
      writeFileSync(join(directory, 'owner.json'), 'x');
    }
    const result = await createGroupDirectory(workspace, tasks, asGroupId('auth'));
    assert.ok(!result.ok && result.failure.reason === 'exists');
  });

  it('is listed for all groups, leaving out what is none', async () => {
    await create(tasks, 'b');
    await create(tasks, 'A');
    const groups = join(stateDirectory(workspace), 'groups');
    mkdirSync(join(groups, 'stray'));
    writeFileSync(join(groups, 'file'), '');
    const listed = await listGroupDirectories(workspace);
    assert.deepEqual(
      listed.map(({ id }) => id),
      ['A', 'b'],
    );
  });

  it('that is a link out of the workspace is neither listed nor found', async () => {
    const elsewhere = temporaryDirectory();
    try {
      const directory = must(await createGroupDirectory(elsewhere, tasks, asGroupId('auth')));
      mkdirSync(join(stateDirectory(workspace), 'groups'), { recursive: true });
      symlinkSync(directory, join(stateDirectory(workspace), 'groups', 'auth'), 'junction');
      assert.deepEqual(await listGroupDirectories(workspace), []);
      assert.equal(await find(tasks, 'auth'), null);
      const created = await createGroupDirectory(workspace, tasks, asGroupId('auth'));
      assert.ok(!created.ok && created.failure.reason === 'outside');
    } finally {
      removeDirectory(elsewhere);
    }
  });
});
