import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PlanFinder } from '../../../../src/tasks/plans/recognise.ts';
import { skip } from '../../../support/skip.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

const plans = [
  '.claude/epics/login/001.md',
  '.claude/plan.md',
  '.kiro/specs/a/tasks.md',
  'PLAN.md',
  'TODO.md',
  'Tasks.MD',
  'a.tasks.md',
  'deep/er/and/deeper/todo.md',
  'docs/my plan.tasks.json',
  'specs/001-x/tasks.md',
  'tasks-prd-login.md',
  'tasks.json',
];
const others = [
  '.claude/epics/login/epic.md',
  '.claude/epics/001.md',
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

const finder = new PlanFinder();

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

  for (const path of plans) {
    it(`${path} is one`, () => assert.ok(finder.isPlanFile(path)));
  }
  for (const path of others) {
    it(`${path} is none`, () => assert.ok(!finder.isPlanFile(path)));
  }

  it('are found at any depth, the same ones that are recognised, in a stable order', async () => {
    assert.deepEqual(await finder.find(root), [...plans].sort());
  });

  it('may be symbolic links; linked folders are not followed', async function () {
    if (process.platform === 'win32') {
      skip(this, 'Windows links files only with a privilege');
    }
    const linked = temporaryDirectory();
    try {
      mkdirSync(join(linked, 'specs'));
      writeFileSync(join(linked, 'specs', 'real.tasks.md'), '');
      symlinkSync(join(linked, 'specs', 'real.tasks.md'), join(linked, 'tasks.md'));
      symlinkSync(join(linked), join(linked, 'specs', 'loop'));
      assert.deepEqual(await finder.find(linked), ['specs/real.tasks.md', 'tasks.md']);
    } finally {
      removeDirectory(linked);
    }
  });
});
