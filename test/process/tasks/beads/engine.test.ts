import assert from 'node:assert/strict';
import type { RunState } from '../../../../src/coordinator/run/state/state.ts';
import type { WorkspaceOptions } from '../../../../src/engine/contract/workspace-options.ts';
import { runAll } from '../../../../src/engine/workflow/run-all.ts';
import type { Workspace } from '../../../../src/engine/workspace/workspace.ts';
import { PlanStore } from '../../../../src/tasks/plans/plan-store.ts';
import { recordStatus } from '../../../../src/tasks/write/record-status.ts';
import { fakeBd } from '../../../support/beads/fake-bd.ts';
import { useEmptyHome } from '../../../support/beads/home.ts';
import { importIssues, issueText, realTrackers } from '../../../support/beads/real-bd.ts';
import { issueKey } from '../../../support/beads/tasks.ts';
import { openEngine } from '../../../support/engine-workspace.ts';
import { skip } from '../../../support/skip.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

describe('running a group of beads', function () {
  this.timeout(120_000).slow(20_000);
  let workspace: Workspace | null = null;
  afterEach(async () => {
    await workspace?.release();
    workspace = null;
  });

  /** Runs everything in `root`, and returns what became of the only group. */
  const run = async (root: string, changes: Partial<WorkspaceOptions> = {}): Promise<RunState> => {
    workspace = await openEngine(root, '', changes);
    const [outcome] = await runAll(workspace, { isCancelled: () => false });
    assert.equal(outcome?.refusal, null);
    const state = outcome.runs[0]?.state;
    assert.ok(state !== undefined);
    return state;
  };

  describe('with the real bd', () => {
    const trackers = realTrackers();

    it('closes what is proven, in the order of its dependencies', async () => {
      const root = trackers.create();
      const fields = { labels: ['parallel:Group-A'], description: '`run: exit 0`' };
      const waits = [{ issue_id: 'bd-2', depends_on_id: 'bd-1', type: 'blocks' }];
      await importIssues(root, [
        { id: 'bd-2', title: 'Two', priority: 0, ...fields, dependencies: waits },
        { id: 'bd-1', title: 'One', ...fields },
        { id: 'bd-3', title: 'Fails', ...fields, description: '`run: exit 1`' },
      ]);
      const state = await run(root);
      assert.equal(state.plan.group, '.beads#a');
      const reason = /"close_reason": "Proven by Parallel Groups"/;
      assert.match(await issueText(root, 'bd-1'), reason);
      assert.match(await issueText(root, 'bd-2'), reason);
      assert.match(await issueText(root, 'bd-3'), /"status": "open"/);
    });
  });

  describe('with a bd that does not close', () => {
    let root: string;
    before(function () {
      // The program in bd's place is a script with a first line for the kernel.
      if (process.platform === 'win32') {
        skip(this, 'Windows cannot start scripts by their first line');
      }
    });
    let restore: () => void;
    beforeEach(() => {
      root = temporaryDirectory();
      // The engine also asks the bd on the PATH, if there is one.
      restore = useEmptyHome(root);
    });
    afterEach(() => {
      restore();
      removeDirectory(root);
    });

    it('ends proven, not closed, and says why', async () => {
      const issue = {
        id: 'bd-1',
        title: 'One',
        labels: ['parallel:A'],
        description: '`run: exit 0`',
      };
      const { path } = fakeBd(
        root,
        `if (args[0] === 'close') { console.error('Error: the server is away'); process.exit(1); }
        print([${JSON.stringify(issue)}]);`,
      );
      const plans = await PlanStore.open(root, { bd: path });
      const state = await run(root, {
        plans,
        writeStatus: (task, status) => recordStatus(plans, task, status),
      });
      const record = state.tasks.get(issueKey('bd-1'));
      assert.equal(record?.state.kind, 'completed');
      assert.deepEqual(record.state.close.kind, 'problem');
      assert.match(
        record.state.close.message,
        /^“bd-1” was not closed\. bd said: the server is away\. Try again, or close it yourself: bd close bd-1$/,
      );
    });
  });
});
