import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { removeDirectory, temporaryDirectory } from '../../support/temp-directory.ts';
import { findPlanFiles, isPlanFile } from '../../../src/tasks/recognise.ts';

const plans = [
  '.claude/plan.md',
  '.kiro/specs/a/tasks.md',
  'PLAN.md',
  'TODO.md',
  'Tasks.MD',
  'a.tasks.md',
  'deep/er/and/deeper/todo.md',
  'docs/my plan.tasks.json',
  'specs/001-x/tasks.md',
  'tasks.json',
];
const others = [
  '.git/tasks.md',
  '.parallel-groups/runs/x/tasks.md',
  '.vscode/tasks.json',
  'README.md',
  'a/node_modules/b/tasks.md',
  'build/plan.md',
  'dist/tasks.json',
  'mytasks.md',
  'openspec/changes/archive/x/tasks.md',
  'out/todo.md',
  'plan.json',
  'target/tasks.md',
  'tasks.md/inside.txt',
  'tasks.yaml',
  'vendor/x/tasks.md',
];

describe('plan files', () => {
  let root: string;
  before(() => {
    root = temporaryDirectory();
    for (const path of [...plans, ...others]) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), '');
    }
  });
  after(() => removeDirectory(root));

  for (const path of plans) it(`${path} is one`, () => assert.ok(isPlanFile(path)));
  for (const path of others) it(`${path} is none`, () => assert.ok(!isPlanFile(path)));

  it('are found at any depth, the same ones that are recognised, in a stable order', async () => {
    assert.deepEqual(await findPlanFiles(root), plans);
  });

  it('may be symbolic links; linked folders are not followed', async function () {
    if (process.platform === 'win32') this.skip();
    const linked = temporaryDirectory();
    try {
      mkdirSync(join(linked, 'specs'));
      writeFileSync(join(linked, 'specs', 'real.tasks.md'), '');
      symlinkSync(join(linked, 'specs', 'real.tasks.md'), join(linked, 'tasks.md'));
      symlinkSync(join(linked), join(linked, 'specs', 'loop'));
      assert.deepEqual(await findPlanFiles(linked), ['specs/real.tasks.md', 'tasks.md']);
    } finally {
      removeDirectory(linked);
    }
  });
});
