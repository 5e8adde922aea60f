import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MapRequest } from '../../../../../src/engine/prepare/map/freeze-map.ts';
import type { Workspace } from '../../../../../src/engine/workspace/workspace.ts';
import type { GroupView } from '../../../../../src/shared/view-models/group-views.ts';
import { openEngine } from '../../../../support/engine-workspace.ts';
import { removeDirectory, temporaryDirectory } from '../../../../support/temp-directory.ts';

const PLAN = '- [ ] T1 [P:Group-a] One\n  `run: exit 0`\n';
/** Fails for what is not in `good.txt` yet, and writes down what it was started for. */
const AGENT = `
import { appendFileSync, readFileSync } from 'node:fs';
const { PARALLEL_GROUPS_UNIT: unit } = process.env;
appendFileSync('done.txt', unit + '\\n');
process.exit(readFileSync('good.txt', 'utf8').includes(unit) ? 0 : 4);
`;
const REQUEST: MapRequest = {
  agent: 'looker',
  units: ['b', 'a', 'c'],
  instruction: null,
  of: 'file',
};

describe('a map that the engine runs', function () {
  this.timeout(30_000);
  let root: string;
  let workspace: Workspace;
  beforeEach(() => {
    root = temporaryDirectory();
    writeFileSync(join(root, 'agent.mjs'), AGENT);
    writeFileSync(join(root, 'good.txt'), 'a b');
    const command = [process.execPath, 'agent.mjs'];
    const agents = { looker: { command, stdin: 'closed' } };
    writeFileSync(join(root, 'parallel-groups.json'), JSON.stringify({ agents }));
  });
  afterEach(async () => {
    await workspace.release();
    removeDirectory(root);
  });

  async function run(request: MapRequest): Promise<GroupView> {
    const plan = await workspace.starter.prepareMap(request);
    assert.ok(plan.ok, JSON.stringify(plan));
    const started = await workspace.starter.start(plan.value);
    assert.ok(started.ok, JSON.stringify(started));
    await started.value.done;
    return shown(plan.value.spec.group);
  }

  function shown(key: string): GroupView {
    const view = workspace.groups().find((group) => group.key === key);
    assert.ok(view !== undefined, `${key} is not shown`);
    return view;
  }

  function fates({ tasks }: GroupView): (readonly [string, string])[] {
    return tasks.map(({ id, status }) => [id, status]);
  }

  it('is a group of its own behind those of the plans, and closes nothing in them', async () => {
    workspace = await openEngine(root, PLAN);
    const view = await run(REQUEST);
    assert.equal(view.title, 'Map: looker · 3 files');
    assert.deepEqual(
      workspace.groups().map(({ title }) => title),
      ['a', 'Map: looker · 3 files'],
    );
    assert.deepEqual(fates(view), [
      ['b', 'completed'],
      ['a', 'completed'],
      ['c', 'failed'],
    ]);
    assert.equal(view.run?.exitCode, 1);
    assert.equal(view.run.tests, null);
    assert.deepEqual(view.run.warnings, []);
    assert.deepEqual([view.canRun, view.canStop, view.canRetry], [false, false, true]);
    assert.equal(readFileSync(join(root, 'tasks.md'), 'utf8'), PLAN);
    assert.equal(existsSync(join(root, '.parallel-groups', 'dead-letters')), false);
  });

  it('does what failed again, and leaves alone what is done', async () => {
    workspace = await openEngine(root, PLAN);
    const { key } = await run(REQUEST);
    writeFileSync(join(root, 'good.txt'), 'a b c');
    writeFileSync(join(root, 'done.txt'), '');
    const again = await workspace.starter.run(key, { retry: true });
    assert.ok(again.ok, JSON.stringify(again));
    await again.value.done;
    assert.equal(readFileSync(join(root, 'done.txt'), 'utf8'), 'c\n');
    const view = shown(key);
    assert.deepEqual(fates(view), [
      ['b', 'completed'],
      ['a', 'completed'],
      ['c', 'completed'],
    ]);
    assert.equal(view.status, 'completed');
    assert.equal(view.canRetry, false);
  });

  it('is another one with another agent, other units or another instruction, and else the same', async () => {
    workspace = await openEngine(root, PLAN);
    const keys = [];
    for (const request of [
      REQUEST,
      { ...REQUEST, units: ['a'] },
      { ...REQUEST, instruction: 'Look.' },
      REQUEST,
    ]) {
      const plan = await workspace.starter.prepareMap(request);
      keys.push(plan.ok ? plan.value.spec.group : '');
    }
    assert.equal(new Set(keys).size, 3);
    assert.equal(keys[0], keys[3]);
  });

  it('is shown by a window that did not start it, and after that is opened again', async () => {
    workspace = await openEngine(root, PLAN);
    const { key } = await run(REQUEST);
    await workspace.release();
    workspace = await openEngine(root, PLAN);
    assert.equal(shown(key).title, 'Map: looker · 3 files');
    assert.equal(shown(key).counts.failed, 1);
  });

  it('is shown as long as it is among the five newest of those that are over', async () => {
    workspace = await openEngine(root, PLAN);
    const keys: string[] = [];
    for (const unit of ['a1', 'a2', 'a3', 'a4', 'a5', 'a6']) {
      keys.push((await run({ ...REQUEST, units: [unit] })).key);
    }
    const maps = workspace.groups().filter(({ title }) => title.startsWith('Map: '));
    assert.deepEqual(
      maps.map(({ key }) => key),
      keys.slice(1),
    );
    assert.equal(maps[0]?.title, 'Map: looker · 1 file');
  });

  it('keeps the identity of a view of which nothing changed', async () => {
    workspace = await openEngine(root, PLAN);
    const { key } = await run(REQUEST);
    assert.equal(shown(key).tasks, shown(key).tasks);
  });

  it('runs nothing in a folder that nobody trusts, and nothing that nobody approved', async () => {
    workspace = await openEngine(root, PLAN, { isTrusted: () => false });
    const refused = await workspace.starter.prepareMap(REQUEST);
    assert.equal(!refused.ok && refused.failure.message.includes('Restricted Mode'), true);
    await workspace.release();
    workspace = await openEngine(root, PLAN, { askApproval: () => Promise.resolve(false) });
    const plan = await workspace.starter.prepareMap(REQUEST);
    assert.ok(plan.ok);
    const started = await workspace.starter.start(plan.value);
    assert.equal(!started.ok && started.failure.reason, 'not_approved');
  });

  it('is given to no agent that is not there', async () => {
    workspace = await openEngine(root, PLAN);
    const refused = await workspace.starter.prepareMap({ ...REQUEST, agent: 'nobody' });
    assert.equal(!refused.ok && /no agent .*called nobody/.test(refused.failure.message), true);
  });
});
