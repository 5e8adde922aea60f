import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WorkflowBoard } from '../../../../src/engine/workflow/workflow-board.ts';
import type { Workspace } from '../../../../src/engine/workspace/workspace.ts';
import { openEngine } from '../../../support/engine-workspace.ts';
import { eventually } from '../../../support/eventually.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

const PLAN =
  '- [ ] T1 [P:Group-A] Build it\n  `run: touch begun; until test -e go; do sleep 0.05; done`\n';

describe('the workflows of a window', function () {
  this.timeout(60_000).slow(10_000);
  let root: string;
  let workspace: Workspace;
  let boards: WorkflowBoard[];

  beforeEach(async () => {
    root = temporaryDirectory();
    workspace = await openEngine(root, PLAN);
    boards = [];
  });
  afterEach(async () => {
    writeFileSync(join(root, 'go'), '');
    boards.forEach((board) => {
      board.dispose();
    });
    await workspace.release();
    removeDirectory(root);
  });

  function open(): WorkflowBoard {
    const board = new WorkflowBoard(workspace);
    boards.push(board);
    return board;
  }

  it('tell what each stage would run', () => {
    const counts = open()
      .outlooks()
      .map(({ name, tasks }) => [name, tasks.map((list) => list.length)]);
    assert.deepEqual(counts, [
      ['default', [1, 0, 0]],
      ['development', [1]],
      ['devops', [0]],
      ['monitoring', [0]],
    ]);
  });

  it('show one that another process carries out, is interrupted, and is gone on with to its end', async () => {
    const [mine, other] = [open(), open()];
    const started = await mine.start('default', {});
    assert.ok(started.ok);
    const { state } = started.value;
    const part = { workflow: 'default', id: state.id, stage: 'development', loop: 0 };
    started.value.start();
    await eventually('the task has begun', () => existsSync(join(root, 'begun')));
    assert.equal(mine.view(part)?.state, 'running');
    await eventually('the other sees it', () => other.view(part)?.stages[0]?.state === 'running');
    assert.equal(other.view(part)?.state, 'running');
    assert.deepEqual(await other.interrupted(), []);

    mine.dispose();
    await eventually('it is interrupted', () => other.view(part)?.state === 'interrupted');
    assert.deepEqual(
      (await other.interrupted()).map(({ name, detail }) => `${name} at ${detail}`),
      ['default at development'],
    );

    const resumed = await other.resume('default');
    assert.ok(resumed.ok);
    resumed.value.start();
    writeFileSync(join(root, 'go'), '');
    await resumed.value.done;
    const view = other.view(part);
    assert.deepEqual(
      [view?.state, view?.detail],
      ['completed', 'default: 1 of 3 stages completed, 2 skipped.'],
    );
    assert.deepEqual(
      view?.stages.map(({ id, state: now, detail }) => `${id} ${now} ${detail}`),
      [
        'development completed 1 of 1 task',
        'devops skipped no tasks',
        'monitoring skipped no tasks',
      ],
    );
  });
});
