import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Disposable } from '../../../../src/shared/disposable.ts';
import { PlanStore } from '../../../../src/tasks/plans/plan-store.ts';
import { watchPlans } from '../../../../src/tasks/plans/watch-disk.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

describe('watching plans on disk', function () {
  this.timeout(60_000);
  let root: string;
  let watching: Disposable | undefined;
  const put = (path: string, content: string) => {
    writeFileSync(join(root, path), content);
  };
  const watch = async (options = {}) => {
    const store = await PlanStore.open(root, options);
    watching = await watchPlans(store, (error) => assert.fail(String(error)));
    /** Changes something, and waits until the store knows these tasks. */
    const until = async (change: () => unknown, ...expected: readonly string[]) => {
      const known = new Promise<void>((resolve) => {
        const listening = store.onChange((plan) => {
          if ([...plan.tasks.keys()].join(' ') !== expected.join(' ')) {
            return;
          }
          listening.dispose();
          resolve();
        });
      });
      change();
      await known;
    };
    return { store, until };
  };
  beforeEach(() => (root = temporaryDirectory()));
  afterEach(() => {
    watching?.dispose();
    removeDirectory(root);
  });

  it('notices plans that are added, changed, replaced and removed, at any depth', async () => {
    put('tasks.md', '- [ ] T1 a');
    const { until } = await watch();
    await until(() => put('tasks.md', '- [ ] T1 a\n- [ ] T2 b'), 'tasks.md#T1', 'tasks.md#T2');
    await until(
      () => {
        mkdirSync(join(root, 'specs', 'x'), { recursive: true });
        put('specs/x/tasks.json', '[{"id":"J","title":"j"}]');
      },
      'specs/x/tasks.json#J',
      'tasks.md#T1',
      'tasks.md#T2',
    );
    await until(
      () => {
        put('new', '- [ ] T9 z');
        renameSync(join(root, 'new'), join(root, 'tasks.md'));
      },
      'specs/x/tasks.json#J',
      'tasks.md#T9',
    );
    await until(() => rmSync(join(root, 'specs'), { recursive: true }), 'tasks.md#T9');
  });

  it('notices what changed before it watched', async () => {
    const store = await PlanStore.open(root);
    put('tasks.md', '- [ ] T1 a');
    watching = await watchPlans(store, (error) => assert.fail(String(error)));
    assert.deepEqual([...store.current().tasks.keys()], ['tasks.md#T1']);
  });

  it('does not look into folders that hold no plans of the workspace', async () => {
    mkdirSync(join(root, 'node_modules'));
    const { until, store } = await watch();
    put('node_modules/tasks.md', '- [ ] T1 a');
    await until(() => put('tasks.md', '- [ ] T2 b'), 'tasks.md#T2');
    assert.equal(store.current().sources.length, 1);
  });

  it('follows a single file of any name, through being replaced', async () => {
    put('work.txt', '- [ ] T1 a');
    const { until } = await watch({ tasksFile: 'work.txt' });
    await until(() => put('work.txt', '- [ ] T2 b'), 'work.txt#T2');
    await until(() => {
      put('new', '- [ ] T3 c');
      renameSync(join(root, 'new'), join(root, 'work.txt'));
    }, 'work.txt#T3');
    await until(() => put('work.txt', '- [ ] T4 d'), 'work.txt#T4');
  });

  it('ends when it is told to', async () => {
    put('tasks.md', '- [ ] T1 a');
    const { store } = await watch();
    let told = 0;
    store.onChange(() => (told += 1));
    put('tasks.md', '- [ ] T2 a');
    watching?.dispose();
    watching?.dispose();
    const other = await PlanStore.open(root);
    const second = await watchPlans(other, (error) => assert.fail(String(error)));
    const heard = new Promise((resolve) => other.onChange(resolve));
    put('tasks.md', '- [ ] T3 a');
    await heard;
    second.dispose();
    assert.equal(told, 0);
  });

  it('follows a checkout of another branch', async function () {
    this.timeout(60_000);
    const git = (...args: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], {
        cwd: root,
        env: { ...process.env, HOME: root, GIT_CONFIG_NOSYSTEM: '1' },
        stdio: 'pipe',
      });
    git('init', '--quiet', '--initial-branch=one');
    mkdirSync(join(root, 'a'));
    put('a/tasks.md', '- [ ] T1 a');
    put('tasks.md', '- [ ] T2 b');
    git('add', '.');
    git('commit', '--quiet', '--message=one');
    git('switch', '--quiet', '--create=two');
    git('rm', '--quiet', 'a/tasks.md');
    put('tasks.md', '- [x] T2 b\n- [ ] T3 c');
    put('todo.md', '- [ ] T4 d');
    git('add', '.');
    git('commit', '--quiet', '--message=two');
    const { store, until } = await watch();
    await until(() => git('switch', '--quiet', 'one'), 'a/tasks.md#T1', 'tasks.md#T2');
    await until(() => git('switch', '--quiet', 'two'), 'tasks.md#T2', 'tasks.md#T3', 'todo.md#T4');
    const [first] = store.current().tasks.values();
    assert.equal(first?.status.status, 'completed');
  });

  it('looks into a folder that is passed over otherwise where a person names it', async () => {
    mkdirSync(join(root, 'build', 'plans'), { recursive: true });
    const { until } = await watch({ include: ['build/plans/*.txt'] });
    await until(() => put('build/plans/x.txt', '- [ ] T1 a'), 'build/plans/x.txt#T1');
  });
});
