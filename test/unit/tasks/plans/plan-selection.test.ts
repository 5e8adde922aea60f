import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PlanStore } from '../../../../src/tasks/plans/plan-store.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

describe('which files count as plans', () => {
  let root: string;
  const put = (path: string, content: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  };
  const keys = (store: PlanStore) => [...store.current().tasks.keys()];
  beforeEach(() => {
    root = temporaryDirectory();
    put('tasks.md', '- [ ] T1 a');
    put('examples/tasks.md', '- [ ] T2 b');
    put('docs/roadmap.txt', '- [ ] T3 c');
  });
  afterEach(() => removeDirectory(root));

  it('is said by their names where nobody says more', async () => {
    const store = await PlanStore.open(root);
    assert.deepEqual(keys(store), ['examples/tasks.md#T2', 'tasks.md#T1']);
  });

  it('can be widened and narrowed by globs, exclusion being stronger', async () => {
    const store = await PlanStore.open(root, { include: ['**/*.txt'], exclude: ['examples'] });
    assert.deepEqual(keys(store), ['docs/roadmap.txt#T3', 'tasks.md#T1']);
    const none = await PlanStore.open(root, { include: ['**/*.txt'], exclude: ['**'] });
    assert.deepEqual(keys(none), []);
  });

  it('can name folders that are passed over otherwise', async () => {
    put('build/plans/tasks.md', '- [ ] T4 d');
    put('build/other/tasks.md', '- [ ] T5 e');
    const store = await PlanStore.open(root, { include: ['build/plans/**'] });
    assert.ok(store.isPlan('build/plans/tasks.md'));
    assert.deepEqual(keys(store), [
      'build/plans/tasks.md#T4',
      'examples/tasks.md#T2',
      'tasks.md#T1',
    ]);
  });

  it('can change while the store is open, in both directions', async () => {
    const store = await PlanStore.open(root);
    const events: string[][] = [];
    store.onChange((plan) => events.push([...plan.tasks.keys()]));
    await store.select({ exclude: ['examples/**'] });
    await store.select({ include: ['docs/*'] });
    assert.deepEqual(events, [
      ['tasks.md#T1'],
      ['docs/roadmap.txt#T3', 'examples/tasks.md#T2', 'tasks.md#T1'],
    ]);
    assert.ok(!store.isPlan('other/roadmap.txt'));
  });

  it('decides also about files that change later', async () => {
    const store = await PlanStore.open(root, { exclude: ['examples'] });
    const events: string[][] = [];
    store.onChange((plan) => events.push([...plan.tasks.keys()]));
    put('examples/tasks.md', '- [ ] T5 e');
    await store.refresh('examples/tasks.md');
    assert.deepEqual(events, []);
  });
});

describe('a store of fifty plans', () => {
  let root: string;
  const path = (index: number) => `part-${index}/tasks.md`;
  const put = (index: number, title: string) => {
    mkdirSync(dirname(join(root, path(index))), { recursive: true });
    writeFileSync(join(root, path(index)), `- [ ] T1 ${title}`);
  };
  beforeEach(() => {
    root = temporaryDirectory();
    for (let index = 0; index < 50; index += 1) {
      put(index, 'before');
    }
  });
  afterEach(() => removeDirectory(root));

  it('reads one file again for one edit', async () => {
    const store = await PlanStore.open(root);
    const before = new Map(store.current().sources.map((each) => [each.file, each]));
    put(7, 'after');
    await store.refresh(path(7));
    const read = store.current().sources.filter((each) => before.get(each.file) !== each);
    assert.deepEqual(
      read.map(({ file, tasks }) => [file, tasks[0]?.title]),
      [[path(7), 'after']],
    );
  });

  it('tells of many files that changed together once, as a checkout does', async () => {
    const store = await PlanStore.open(root);
    let events = 0;
    store.onChange(() => (events += 1));
    for (let index = 0; index < 40; index += 1) {
      put(index, 'other branch');
    }
    for (let index = 40; index < 50; index += 1) {
      rmSync(join(root, path(index)));
    }
    await store.refresh(...Array.from({ length: 50 }, (_, index) => path(index)));
    assert.equal(events, 1);
    assert.equal(store.current().tasks.size, 40);
  });
});
