import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { repository } from '../../../support/vscode/paths.ts';

/** Folders of the repository that tests of a kind mirror: `test/unit/store/lock` tests `src/store/lock`. */
const mirrored: Readonly<Record<string, readonly string[]>> = {
  unit: ['src', '.', 'test'],
  process: ['src', '.', 'test'],
  agents: ['src/agents'],
};

const exists = (...parts: readonly string[]): boolean =>
  existsSync(path.join(repository, ...parts));

function foldersWithTests(kind: string): string[] {
  const files = readdirSync(path.join(repository, 'test', kind), {
    recursive: true,
    encoding: 'utf8',
  });
  const tests = files.filter((file) => file.endsWith('.test.ts'));
  return [...new Set(tests.map((file) => path.dirname(file)))].sort();
}

describe('the folders of tests', () => {
  for (const [kind, roots] of Object.entries(mirrored)) {
    it(`of test/${kind} have the names of the folders that they test`, () => {
      const folders = foldersWithTests(kind);
      assert.notEqual(folders.length, 0);
      const others = folders.filter((folder) => !roots.some((root) => exists(root, folder)));
      assert.deepEqual(others, []);
    });
  }
});
