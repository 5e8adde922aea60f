import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assemblePlan } from '../../../src/coordinator/plan/assemble-plan.ts';
import type { RunState } from '../../../src/coordinator/run/state/state.ts';
import type { Plan, Task } from '../../../src/coordinator/schema/task.ts';
import type { ConfigOverrides } from '../../../src/engine/config/load-config.ts';
import type { RunOptions } from '../../../src/engine/prepare/choose-run.ts';
import { freezeMutexes } from '../../../src/engine/prepare/freeze-mutexes.ts';
import type { Workspace } from '../../../src/engine/workspace/workspace.ts';
import { asGroupKey, asTaskKey, type TaskKey } from '../../../src/shared/ids.ts';
import { openEngine } from '../../support/engine-workspace.ts';
import { COMPLETED, makeSnapshot, makeTask } from '../../support/make-task.ts';
import { removeDirectory, temporaryDirectory } from '../../support/temp-directory.ts';

const GROUP = asGroupKey('tasks.md#a');
const keys = (...ids: readonly string[]): ReadonlySet<TaskKey> =>
  new Set(ids.map((id) => asTaskKey(`tasks.md#${id}`)));

/** A task that appends a line when it starts and one when it ends. */
const logged = (id: string, marks: string, wait: string): string =>
  `- [ ] ${id} [P:Group-a] ${id} ${marks}\n  \`run: echo ${id} starts >> log; ${wait}; echo ${id} ends >> log\`\n`;
const file = '[Files: src/a.ts]';

describe('a run of tasks that could write the same file', function () {
  this.timeout(60_000).slow(10_000);
  let root: string;
  let workspace: Workspace | null;
  beforeEach(() => {
    root = temporaryDirectory();
    workspace = null;
  });
  afterEach(async () => {
    await workspace?.release();
    removeDirectory(root);
  });

  const log = (): string[] =>
    existsSync(join(root, 'log')) ? readFileSync(join(root, 'log'), 'utf8').trim().split('\n') : [];

  async function open(plan: string, overrides: ConfigOverrides = {}): Promise<Workspace> {
    workspace = await openEngine(root, plan, {
      overrides: () => ({ maxRetries: 0, ...overrides }),
    });
    return workspace;
  }

  async function run(options: RunOptions): Promise<RunState> {
    const started = await workspace?.starter.run(GROUP, options);
    assert.ok(started?.ok === true, JSON.stringify(started));
    await started.value.over;
    return started.value.state;
  }

  it('never has them overlap where they are kept apart, and leaves the others alone', async () => {
    // T3 runs from before the first to after the last: it ends once the others have.
    const others =
      'while test -e tasks.md && ! test "$(grep -c ends log)" = 2; do sleep 0.05; done';
    await open(
      logged('T1', file, 'sleep 0.2') + logged('T2', file, 'sleep 0.2') + logged('T3', '', others),
    );
    await run({ conflicts: 'apart' });
    const order = log();
    assert.equal(order.at(-1), 'T3 ends');
    const both = order.filter((line) => !line.startsWith('T3'));
    assert.deepEqual(both, ['T1 starts', 'T1 ends', 'T2 starts', 'T2 ends']);
  });

  it('has them overlap where they run together', async () => {
    const met = 'while test -e tasks.md && ! test "$(grep -c starts log)" = 2; do sleep 0.05; done';
    await open(logged('T1', file, met) + logged('T2', file, met));
    const { plan } = await run({ conflicts: 'together' });
    assert.deepEqual(plan.mutexes, []);
    assert.deepEqual(
      log()
        .slice(0, 2)
        .map((line) => line.split(' ')[1]),
      ['starts', 'starts'],
    );
  });

  it('keeps them apart where the configuration wants a person to be asked and nobody was', async () => {
    await open(logged('T1', file, 'true') + logged('T2', file, 'true'));
    const { plan } = await run({});
    assert.deepEqual(plan.mutexes, [
      { path: 'src/a.ts', tasks: [...keys('T1', 'T2')], inside: [] },
    ]);
  });

  it('goes by the configuration where nothing else is said', async () => {
    await open(logged('T1', file, 'true') + logged('T2', file, 'true'), { conflicts: 'together' });
    assert.deepEqual((await run({})).plan.mutexes, []);
  });

  it('runs only the chosen ones, and names what the others hold back', async () => {
    await open(
      logged('T1', '', 'true') +
        logged('T2', '', 'true') +
        logged('T3', '(depends on T2)', 'true') +
        logged('T4', '(depends on T1)', 'true'),
    );
    const { order, ended } = await run({ only: keys('T1', 'T3', 'T4') });
    assert.deepEqual(
      order.map(({ planned, state }) => `${planned.id} ${state.kind}`),
      ['T1 completed', 'T2 excluded', 'T3 blocked', 'T4 completed'],
    );
    assert.equal(order[1]?.planned.excluded, 'not chosen');
    const held = order[2]?.state;
    assert.ok(held?.kind === 'blocked');
    assert.deepEqual(held.by, [{ ...held.by[0], id: 'T2', status: 'pending' }]);
    assert.equal(ended?.exitCode, 3);
    assert.match(readFileSync(join(root, 'tasks.md'), 'utf8'), /\[ \] T2/);
  });

  it('refuses where nothing that may run was chosen', async () => {
    const opened = await open(logged('T1', '', 'true'));
    const refused = await opened.starter.run(GROUP, { only: new Set() });
    assert.ok(!refused.ok && refused.failure.reason === 'nothing');
  });

  describe('is foreseen', () => {
    const plan = logged('T1', file, 'true') + logged('T2', file, 'exit 1') + logged('T3', file, '');
    const foreseen = async (
      opened: Workspace,
      options?: RunOptions,
    ): Promise<readonly string[]> => {
      const [undecided] = await opened.starter.undecided([GROUP], options);
      return (undecided?.conflicts ?? []).map(({ path, tasks }) => `${path} ${tasks.join(' ')}`);
    };

    it('among the tasks that it would launch', async () => {
      const opened = await open(plan.replace('[ ] T3', '[x] T3'));
      assert.deepEqual(await foreseen(opened), ['src/a.ts tasks.md#T1 tasks.md#T2']);
      assert.deepEqual(await foreseen(opened, { only: keys('T1') }), []);
      assert.deepEqual(await foreseen(opened, { except: keys('T2') }), []);
    });

    it('among those that a retry would launch', async () => {
      const opened = await open(plan);
      await run({ only: keys('T1', 'T2') });
      assert.deepEqual(await foreseen(opened), ['src/a.ts tasks.md#T2 tasks.md#T3']);
      assert.deepEqual(await foreseen(opened, { retry: true }), []);
    });

    it('for a person to decide where the configuration says so, as it stands now', async () => {
      const opened = await open(plan);
      assert.equal((await foreseen(opened)).length, 1);
      for (const config of [
        { conflicts: 'apart' },
        { conflicts: 'together' },
        { maxConcurrent: 1 },
      ]) {
        writeFileSync(join(root, 'parallel-groups.json'), JSON.stringify(config));
        assert.deepEqual(await foreseen(opened), []);
      }
    });
  });
});

describe('what a run keeps apart', () => {
  const conflictsWith = (...ids: readonly string[]): Pick<Task, 'conflictsWith'> => ({
    conflictsWith: [...keys(...ids)],
  });
  const told = (plan: Plan, conflicts: 'apart' | 'together'): readonly string[] => {
    const [group] = plan.groups;
    assert.ok(group);
    const found = freezeMutexes(group, plan, conflicts);
    return found.map(({ path, tasks }) => `${path ?? 'declared'}: ${tasks.join(' ')}`);
  };
  const planOf = (...tasks: readonly Task[]): Plan =>
    assemblePlan([makeSnapshot('tasks.md', tasks)]);

  it('are tasks of which one names the other as a conflict, once, whatever is chosen', () => {
    const plan = planOf(
      makeTask('T1', { group: 'a', files: ['f'], ...conflictsWith('T2') }),
      makeTask('T2', { group: 'a', files: ['f'], ...conflictsWith('T1') }),
      makeTask('T3', { group: 'a', ...conflictsWith('T1') }),
    );
    const declared = ['declared: tasks.md#T1 tasks.md#T2', 'declared: tasks.md#T3 tasks.md#T1'];
    assert.deepEqual(told(plan, 'together'), declared);
    assert.deepEqual(told(plan, 'apart'), [...declared, 'f: tasks.md#T1 tasks.md#T2']);
  });

  it('are no tasks that the run does not launch', () => {
    const plan = planOf(
      makeTask('T1', { group: 'a', files: ['f'], ...conflictsWith('T2', 'T3') }),
      makeTask('T2', { group: 'a', files: ['f'], status: COMPLETED }),
      makeTask('T3', { group: 'b', files: ['f'] }),
    );
    assert.deepEqual(told(plan, 'apart'), []);
  });
});
