import { strict as assert } from 'node:assert';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import {
  createStateDirectory,
  isInWorkspace,
  stateDirectory,
} from '../../../../src/store/directories/state-directory.ts';
import { must } from '../../../support/store/journals.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

describe('the state directory', () => {
  let workspace: string;
  let outside: string;
  beforeEach(() => {
    workspace = temporaryDirectory();
    outside = temporaryDirectory();
  });
  afterEach(() => [workspace, outside].forEach(removeDirectory));

  it('is created with all that was asked for, and ignores itself in git', async () => {
    const path = must(await createStateDirectory(workspace, 'runs', 'r1'));
    assert.equal(path, join(workspace, '.parallel-groups', 'runs', 'r1'));
    assert.ok(existsSync(path));
    assert.equal(readFileSync(join(stateDirectory(workspace), '.gitignore'), 'utf8'), '*\n');
  });

  it('leaves a .gitignore alone that a person wrote', async () => {
    must(await createStateDirectory(workspace));
    const file = join(stateDirectory(workspace), '.gitignore');
    writeFileSync(file, '!keep\n');
    must(await createStateDirectory(workspace, 'groups'));
    assert.equal(readFileSync(file, 'utf8'), '!keep\n');
  });

  it('that is a link out of the workspace is refused, and nothing is created there', async () => {
    symlinkSync(outside, stateDirectory(workspace), 'junction');
    const result = await createStateDirectory(workspace, 'groups');
    assert.ok(!result.ok && result.failure.reason === 'outside');
    assert.ok(result.failure.message.includes(stateDirectory(workspace)));
    assert.deepEqual(readdirSync(outside), []);
  });

  it('is refused where a directory in it is a link out of the workspace', async () => {
    mkdirSync(stateDirectory(workspace));
    symlinkSync(outside, join(stateDirectory(workspace), 'runs'), 'junction');
    const result = await createStateDirectory(workspace, 'runs', 'r1');
    assert.ok(!result.ok && result.failure.reason === 'outside');
    assert.deepEqual(readdirSync(outside), []);
    assert.equal(await isInWorkspace(workspace, join(stateDirectory(workspace), 'runs')), false);
  });

  it('works in a workspace that was itself opened through a link', async () => {
    const link = join(outside, 'link');
    symlinkSync(workspace, link, 'junction');
    const path = must(await createStateDirectory(link, 'groups'));
    assert.ok(existsSync(join(workspace, '.parallel-groups', 'groups')));
    assert.ok(await isInWorkspace(link, path));
  });

  it('is refused where a file stands in its place', async () => {
    writeFileSync(stateDirectory(workspace), '');
    const result = await createStateDirectory(workspace, 'groups');
    assert.ok(!result.ok && result.failure.reason === 'cannot_write');
  });
});
