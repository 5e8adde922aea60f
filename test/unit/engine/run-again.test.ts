import assert from 'node:assert/strict';
import { newRunId } from '../../../src/engine/contract/run-id.ts';
import { type RunRefusal } from '../../../src/engine/contract/run-refusal.ts';
import type { ActiveRun } from '../../../src/engine/run/active-run.ts';
import type { Workspace } from '../../../src/engine/workspace/workspace.ts';
import type { Result } from '../../../src/shared/result.ts';
import { openEngine } from '../../support/engine-workspace.ts';
import { removeDirectory, temporaryDirectory } from '../../support/temp-directory.ts';

describe('a group that is run again the moment its run is over', function () {
  this.timeout(60_000);
  let root: string;
  let workspace: Workspace;
  beforeEach(() => {
    root = temporaryDirectory();
  });
  afterEach(async () => {
    await workspace.release();
    removeDirectory(root);
  });

  it('is run once all of the first run is on disk', async () => {
    workspace = await openEngine(root, '- [ ] T1 [P:Group-a] One\n  `run: exit 1`\n');
    const key = workspace.groups()[0]?.key;
    assert.ok(key !== undefined);
    const again = new Promise<Result<ActiveRun, RunRefusal>>((resolve) => {
      const following = workspace.bus.subscribe('run.event', 'test', ({ event }) => {
        const held = event.type === 'run.ended' ? workspace.runs.newestOf(key) : null;
        if (held !== null) {
          following.dispose();
          const spec = { ...held.state.plan, run: newRunId(Date.now()) };
          resolve(
            workspace.starter.withApproval(spec).then((again) => workspace.starter.start(again)),
          );
        }
      });
    });
    const first = await workspace.starter.run(key);
    assert.ok(first.ok);
    const second = await again;
    assert.ok(second.ok, second.ok ? '' : second.failure.message);
    assert.equal(await workspace.report(key), null, 'the second run is not over yet');
    await second.value.done;
    assert.notEqual(await workspace.report(key), null);
  });
});
