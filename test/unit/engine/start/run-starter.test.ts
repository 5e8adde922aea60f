import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withConflicts } from '../../../../src/engine/prepare/prepared-run.ts';
import type { Workspace } from '../../../../src/engine/workspace/workspace.ts';
import { asGroupKey } from '../../../../src/shared/ids.ts';
import { openEngine } from '../../../support/engine-workspace.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

const GROUP = asGroupKey('tasks.md#a');
const PLAN = [
  '- [ ] T1 [P:Group-a] One [Files: src/a.ts] [No-Change]\n  `run: true`',
  '- [ ] T2 [P:Group-a] Two [Files: src/a.ts] [No-Change]\n  `run: true`\n',
].join('\n');

describe('RunStarter', function () {
  this.timeout(30_000);
  let root: string;
  let workspace: Workspace;
  let overridesRead: number;
  let plansRead: number;

  beforeEach(async () => {
    root = temporaryDirectory();
    overridesRead = 0;
    plansRead = 0;
    workspace = await openEngine(root, PLAN, {
      overrides: () => {
        overridesRead += 1;
        return { maxRetries: 0 };
      },
    });
    const refresh = workspace.plans.refresh.bind(workspace.plans);
    workspace.plans.refresh = (...paths) => {
      plansRead += 1;
      return refresh(...paths);
    };
    overridesRead = 0;
  });

  afterEach(async () => {
    await workspace.release();
    removeDirectory(root);
  });

  it('reads configuration and plan once from the question to the start', async () => {
    const prepared = await workspace.starter.prepare(GROUP);
    assert.ok(prepared.ok);
    assert.equal(prepared.value.undecided.length, 1);
    assert.equal(plansRead, 1);
    // Once for the configuration, once for the commands of a person's own settings, which need no approval.
    assert.equal(overridesRead, 2);
    const started = await workspace.starter.start(withConflicts(prepared.value, 'together'));
    assert.ok(started.ok);
    assert.equal(plansRead, 1);
    assert.equal(overridesRead, 2);
    await started.value.done;
  });

  it('starts what was prepared, though the plan has changed since', async () => {
    const prepared = await workspace.starter.prepare(GROUP);
    assert.ok(prepared.ok);
    writeFileSync(join(root, 'tasks.md'), PLAN.replace('T2', 'T3'));
    const started = await workspace.starter.start(withConflicts(prepared.value, 'apart'));
    assert.ok(started.ok);
    assert.deepEqual(
      started.value.state.order.map(({ planned }) => planned.id),
      ['T1', 'T2'],
    );
    await started.value.done;
  });

  it('keeps the undecided tasks apart until a person lets them run at once', async () => {
    const prepared = await workspace.starter.prepare(GROUP);
    assert.ok(prepared.ok);
    assert.equal(prepared.value.spec.mutexes.length, 1);
    assert.equal(withConflicts(prepared.value, 'apart').spec.mutexes.length, 1);
    assert.equal(withConflicts(prepared.value, undefined).spec.mutexes.length, 1);
    assert.equal(withConflicts(prepared.value, 'together').spec.mutexes.length, 0);
  });

  it('leaves nothing to decide where the configuration has decided', async () => {
    writeFileSync(join(root, 'parallel-groups.json'), '{"conflicts":"together"}');
    const prepared = await workspace.starter.prepare(GROUP);
    assert.ok(prepared.ok);
    assert.deepEqual(prepared.value.undecided, []);
    assert.deepEqual(prepared.value.spec.mutexes, []);
  });
});
