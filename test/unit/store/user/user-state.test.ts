import { strict as assert } from 'node:assert';
import { mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  openWorkspaceStorage,
  type UserStateContext,
  userStateDirectory,
} from '../../../../src/store/user/user-state.ts';
import { skip } from '../../../support/skip.ts';
import { must } from '../../../support/store/journals.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

describe('user storage', () => {
  const places: [string, UserStateContext, string][] = [
    [
      'XDG’s state directory',
      { platform: 'linux', env: { XDG_STATE_HOME: '/state' }, home: '/home/u' },
      '/state/parallel-groups',
    ],
    [
      'the default of XDG where that is not set',
      { platform: 'linux', env: {}, home: '/home/u' },
      '/home/u/.local/state/parallel-groups',
    ],
    [
      'the default of XDG where that is relative, as its specification says',
      { platform: 'linux', env: { XDG_STATE_HOME: 'state' }, home: '/home/u' },
      '/home/u/.local/state/parallel-groups',
    ],
    [
      'Application Support on macOS',
      { platform: 'darwin', env: {}, home: '/Users/u' },
      '/Users/u/Library/Application Support/parallel-groups',
    ],
    [
      'LOCALAPPDATA on Windows',
      { platform: 'win32', env: { LOCALAPPDATA: 'D:\\Local' }, home: 'C:\\Users\\u' },
      'D:\\Local\\parallel-groups',
    ],
    [
      'its usual place on Windows where that is not set',
      { platform: 'win32', env: {}, home: 'C:\\Users\\u' },
      'C:\\Users\\u\\AppData\\Local\\parallel-groups',
    ],
  ];
  for (const [what, environment, expected] of places) {
    it(`is in ${what}`, () => assert.equal(userStateDirectory(environment), expected));
  }

  describe('of a workspace', () => {
    let directory: string;
    let workspace: string;
    let state: string;
    beforeEach(() => {
      directory = temporaryDirectory();
      workspace = join(directory, 'workspace');
      state = join(directory, 'state');
      mkdirSync(workspace);
    });
    afterEach(() => removeDirectory(directory));

    it('is readable by its user alone', async function () {
      if (process.platform === 'win32') {
        skip(this, 'Windows has no permission bits');
      }
      const path = must(await openWorkspaceStorage(workspace, state));
      for (const each of [path, dirname(path), state]) {
        assert.equal(statSync(each).mode & 0o777, 0o700, each);
      }
    });

    it('is the same through every link, and another for every other workspace', async () => {
      const link = join(directory, 'link');
      symlinkSync(workspace, link, 'junction');
      const path = must(await openWorkspaceStorage(workspace, state));
      assert.equal(must(await openWorkspaceStorage(link, state)), path);
      assert.notEqual(must(await openWorkspaceStorage(directory, state)), path);
    });

    it('that cannot be created is a failure that names it', async () => {
      writeFileSync(state, '');
      const result = await openWorkspaceStorage(workspace, state);
      assert.ok(!result.ok && result.failure.message.includes(state));
    });
  });
});
