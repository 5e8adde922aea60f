import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asGroupKey } from '../../../../src/shared/ids.ts';
import { failure, success } from '../../../../src/shared/result.ts';
import { openEngine } from '../../../support/engine-workspace.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

const line = (id: string, command: string, more = '') =>
  `- [ ] ${id} [P:Group-a] Do ${id}${more}\n\n  \`run: ${command}\`\n\n`;

describe('a source that learns of a run', () => {
  let root: string;
  beforeEach(() => {
    root = temporaryDirectory();
    writeFileSync(join(root, 'parallel-groups.json'), '{"test":{"command":["true"]}}');
  });
  afterEach(() => removeDirectory(root));

  /** Runs the group of a plan; what its source is told, in order. `refusing`: the closing that fails. */
  const told = async (plan: string, refusing: string | null = null): Promise<string[]> => {
    const heard: string[] = [];
    const workspace = await openEngine(root, plan, {
      writeStatus: (task, status) => {
        heard.push(`${task.id} ${status}`);
        const isRefused = task.id === refusing && status === 'completed';
        return Promise.resolve(isRefused ? failure('It is locked.') : success(undefined));
      },
    });
    const run = await workspace.starter.run(asGroupKey('tasks.md#a'));
    assert.ok(run.ok, run.ok ? '' : run.failure.message);
    await run.value.over;
    await workspace.release();
    return heard;
  };

  it('hears that a task was begun, and then that it is done', async function () {
    this.timeout(60_000);
    assert.deepEqual(await told(line('T1', 'true')), ['T1 in_progress', 'T1 completed']);
  });

  it('gets back what was begun and is not done, and nothing that was never begun', async function () {
    this.timeout(60_000);
    const plan = line('T1', 'false') + line('T2', 'true', ' (depends on T1)');
    const heard = await told(plan);
    assert.deepEqual(heard, ['T1 in_progress', 'T1 failed', 'T1 pending']);
  });

  it('gets back what it would not close', async function () {
    this.timeout(60_000);
    assert.deepEqual(await told(line('T1', 'true'), 'T1'), [
      'T1 in_progress',
      'T1 completed',
      'T1 pending',
    ]);
  });
});
