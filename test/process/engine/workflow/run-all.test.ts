import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type GroupOutcome, runAll } from '../../../../src/engine/workflow/run-all.ts';
import type { Workspace } from '../../../../src/engine/workspace/workspace.ts';
import { type EngineChanges, openEngine } from '../../../support/engine-workspace.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

describe('running every group', function () {
  this.timeout(60_000).slow(10_000);
  let root: string;
  let workspace: Workspace | null;
  /** Group and launched tasks of every run, in order. */
  let runs: string[];

  beforeEach(() => {
    root = temporaryDirectory();
    workspace = null;
    runs = [];
  });
  afterEach(async () => {
    await workspace?.release();
    removeDirectory(root);
  });

  async function all(
    plan: string,
    changes: EngineChanges = {},
    isCancelled = () => false,
  ): Promise<readonly GroupOutcome[]> {
    workspace = await openEngine(root, plan, changes);
    const outcomes = await runAll(workspace, { isCancelled });
    const byStart = outcomes
      .flatMap((outcome) => outcome.runs)
      .sort((a, b) => a.state.startedAt - b.state.startedAt);
    runs = byStart.map(({ state }) => {
      const launched = state.order.filter(({ attempt }) => attempt > 0);
      return `${state.plan.groupId}: ${launched.map(({ planned }) => planned.id).join(' ')}`;
    });
    return outcomes;
  }

  const line = (id: string, group: string, run: string, after = ''): string =>
    `- [ ] ${id} [P:Group-${group}] Do ${id}${after === '' ? '' : ` (depends on ${after})`}\n  \`run: ${run}\`\n`;
  const planNow = (): string => readFileSync(join(root, 'tasks.md'), 'utf8');

  it('goes by the plan, and comes back to a group once what blocked it is done', async () => {
    const outcomes = await all(
      line('T1', 'A', 'exit 0') + line('T2', 'A', 'exit 0', 'T3') + line('T3', 'B', 'exit 0', 'T1'),
    );
    assert.deepEqual(runs, ['A: T1', 'B: T3', 'A: T2']);
    assert.ok(outcomes.every(({ refusal }) => refusal === null));
    assert.equal(planNow().match(/\[x\]/g)?.length, 3);
  });

  it('goes on after a failure, launches nothing twice, and nothing that depends on it', async () => {
    await all(
      line('T1', 'A', 'exit 1') + line('T2', 'B', 'exit 0', 'T1') + line('T3', 'C', 'exit 0'),
    );
    assert.deepEqual(runs, ['A: T1', 'C: T3']);
    assert.match(planNow(), /\[ \] T1[^]*\[ \] T2[^]*\[x\] T3/);
  });

  it('asks for everything before anything starts, and leaves out what is refused', async () => {
    const asked: string[] = [];
    const outcomes = await all(line('T1', 'A', 'exit 0') + line('T2', 'B', 'exit 0'), {
      askApproval: ({ id }) => {
        asked.push(`${id} ${planNow().includes('[x]') ? 'late' : 'early'}`);
        return Promise.resolve(id !== 'A');
      },
    });
    assert.deepEqual(asked, ['A early', 'B early']);
    assert.deepEqual(runs, ['B: T2']);
    assert.equal(outcomes[0]?.refusal?.reason, 'not_approved');
  });

  it('starts nothing more once it was cancelled', async () => {
    const isCancelled = (): boolean => planNow().includes('[x]');
    await all(line('T1', 'A', 'exit 0') + line('T2', 'B', 'exit 0'), {}, isCancelled);
    assert.deepEqual(runs, ['A: T1']);
  });

  it('runs nothing in a folder that is not trusted', async () => {
    const outcomes = await all(line('T1', 'A', 'exit 0'), { isTrusted: () => false });
    assert.deepEqual(runs, []);
    assert.equal(outcomes[0]?.runs.length, 0);
  });
});
