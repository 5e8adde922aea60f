import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Workspace } from '../../../src/engine/workspace/workspace.ts';
import { asGroupKey } from '../../../src/shared/ids.ts';
import { readDurations } from '../../../src/store/projections/durations.ts';
import { openEngine } from '../../support/engine-workspace.ts';
import { removeDirectory, temporaryDirectory } from '../../support/temp-directory.ts';

const GROUP = asGroupKey('tasks.md#a');
const task = (id: string, seconds: string): string =>
  `- [ ] ${id} [P:Group-a] Do ${id}\n  \`run: echo ${id} >> log; sleep ${seconds}\`\n`;
// Far apart, because a busy machine adds tenths of a second to each.
const PLAN = task('T1', '0') + task('T2', '0.7') + task('T3', '1.4');

describe('a group that ran before', function () {
  this.timeout(60_000).slow(10_000);
  let root: string;
  let workspace: Workspace;
  beforeEach(() => {
    root = temporaryDirectory();
  });
  afterEach(async () => {
    await workspace.release();
    removeDirectory(root);
  });

  async function order(): Promise<string[]> {
    rmSync(join(root, 'log'), { force: true });
    const started = await workspace.starter.run(GROUP);
    assert.ok(started.ok, JSON.stringify(started));
    await started.value.done;
    return readFileSync(join(root, 'log'), 'utf8').trim().split('\n');
  }

  it('launches first what took longest', async () => {
    workspace = await openEngine(root, PLAN, {
      overrides: () => ({ maxRetries: 0, maxConcurrent: 1 }),
    });
    assert.deepEqual(await order(), ['T1', 'T2', 'T3']);
    writeFileSync(join(root, 'tasks.md'), PLAN);
    await workspace.refresh();
    assert.deepEqual(await order(), ['T3', 'T2', 'T1']);
  });

  it('is estimated by nothing where the file says what cannot be', async () => {
    workspace = await openEngine(root, PLAN, {});
    await order();
    assert.equal(Object.keys((await readDurations(root)).tasks).length, 3);
    writeFileSync(join(root, '.parallel-groups', 'durations.json'), '{"v":1,"tasks":[]}');
    assert.deepEqual((await readDurations(root)).tasks, {});
  });
});
