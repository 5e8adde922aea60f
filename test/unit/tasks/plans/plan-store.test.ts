import assert from 'node:assert/strict';
import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { asSourceId } from '../../../../src/shared/ids.ts';
import { sha256Hex } from '../../../../src/system/hash.ts';
import { PlanStore } from '../../../../src/tasks/plans/plan-store.ts';
import { skip } from '../../../support/skip.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

describe('the store of plans', () => {
  let root: string;
  const put = (path: string, content: string | Uint8Array) => {
    writeFileSync(join(root, path), content);
  };
  const problems = async (path: string, content: string | Uint8Array) => {
    put(path, content);
    const plan = (await PlanStore.open(root)).current();
    return plan.problems.map(({ code, place }) => [code, place.file, place.line]);
  };
  /** Opens the store and counts its events. */
  const listen = async (...args: Parameters<typeof PlanStore.open>) => {
    const store = await PlanStore.open(...args);
    const events: string[][] = [];
    store.onChange((plan) => events.push([...plan.tasks.keys()]));
    return { store, events };
  };
  beforeEach(() => (root = temporaryDirectory()));
  afterEach(() => removeDirectory(root));

  it('reads every plan of a workspace, ordered by path', async () => {
    mkdirSync(join(root, 'specs'));
    put('tasks.md', '- [ ] T1 a (depends on B1)');
    put('specs/tasks.json', '[{"id":"B1","title":"b"}]');
    const plan = (await PlanStore.open(root)).current();
    assert.deepEqual(
      plan.sources.map(({ file }) => file),
      ['specs/tasks.json', 'tasks.md'],
    );
    assert.deepEqual([...plan.tasks.keys()], ['specs/tasks.json#B1', 'tasks.md#T1']);
    assert.deepEqual(plan.problems, []);
    assert.equal(plan.sources[1]?.hash, sha256Hex('- [ ] T1 a (depends on B1)'));
  });

  it('is empty for a workspace without plans', async () => {
    put('README.md', '- [ ] not a plan');
    const plan = (await PlanStore.open(root)).current();
    assert.deepEqual([plan.sources, plan.groups, plan.problems], [[], [], []]);
  });

  it('keeps its plan until something changes', async () => {
    put('tasks.md', '- [ ] T1 a');
    const store = await PlanStore.open(root);
    assert.equal(store.current(), store.current());
    assert.equal(await store.readAll(), store.current());
  });

  it('reads one file again when it is told, and says so once', async () => {
    put('tasks.md', '- [ ] T1 a');
    const { store, events } = await listen(root);
    put('tasks.md', '- [ ] T1 a\n- [ ] T2 b');
    put('TODO.md', '- [ ] T3 not told of');
    await store.refresh('tasks.md');
    await store.refresh('tasks.md');
    assert.deepEqual(events, [['tasks.md#T1', 'tasks.md#T2']]);
    assert.deepEqual([...store.current().tasks.keys()], ['tasks.md#T1', 'tasks.md#T2']);
  });

  it('takes added and removed files', async () => {
    const { store, events } = await listen(root);
    put('tasks.md', '- [ ] T1 a');
    await store.refresh(join(root, 'tasks.md'));
    rmSync(join(root, 'tasks.md'));
    await store.refresh('tasks.md');
    await store.refresh('tasks.md');
    assert.deepEqual(events, [['tasks.md#T1'], []]);
  });

  it('finds out about everything when all is read again', async () => {
    put('tasks.md', '- [ ] T1 a');
    const { store, events } = await listen(root);
    renameSync(join(root, 'tasks.md'), join(root, 'plan.md'));
    await store.readAll();
    assert.deepEqual(events, [['plan.md#T1']]);
  });

  it('passes over files that are no plans', async () => {
    const { store, events } = await listen(root);
    put('README.md', '- [ ] T1 a');
    await store.refresh('README.md');
    assert.deepEqual(events, []);
  });

  it('raises no event for what we wrote ourselves, but knows it', async () => {
    put('tasks.md', '- [ ] T1 a');
    const { store, events } = await listen(root);
    const ours = '- [x] T1 a';
    store.noteWrite(asSourceId('tasks.md'), sha256Hex(ours));
    put('tasks.md', ours);
    await store.refresh('tasks.md');
    assert.deepEqual(events, []);
    assert.equal(store.current().groups[0]?.tasks[0]?.status.status, 'completed');
    put('tasks.md', '- [ ] T1 a');
    await store.refresh('tasks.md');
    assert.equal(events.length, 1);
  });

  it('ends with the newest content, however many readings were asked for at once', async () => {
    put('tasks.md', '- [ ] T0 a');
    const store = await PlanStore.open(root);
    const readings = Array.from({ length: 20 }, (_, index) => {
      put('tasks.md', `- [ ] T${index} a`);
      return store.refresh('tasks.md');
    });
    await Promise.all(readings);
    assert.deepEqual([...store.current().tasks.keys()], ['tasks.md#T19']);
  });

  describe('that is asked for one file', () => {
    it('reads it whatever its name, and nothing else', async () => {
      put('tasks.md', '- [ ] T1 a');
      put('work.txt', '- [ ] T2 b');
      put('data', '[{"id":"T3","title":"c"}]');
      const text = await PlanStore.open(root, { tasksFile: 'work.txt' });
      assert.deepEqual([...text.current().tasks.keys()], ['work.txt#T2']);
      const json = await PlanStore.open(root, { tasksFile: join(root, 'data') });
      assert.deepEqual([...json.current().tasks.keys()], ['data#T3']);
    });

    it('says so when it is missing or another tool’s', async () => {
      const missing = await PlanStore.open(root, { tasksFile: 'nowhere.md' });
      assert.deepEqual(
        missing.current().problems.map(({ code, place }) => [code, place.file]),
        [['no-such-file', 'nowhere.md']],
      );
      put('tasks.json', '{"tasks":[{"label":"x"}]}');
      const foreign = await PlanStore.open(root, { tasksFile: 'tasks.json' });
      assert.deepEqual(
        foreign.current().problems.map(({ code }) => code),
        ['not-a-task-file'],
      );
    });

    it('follows it while it comes and goes', async () => {
      const { store, events } = await listen(root, { tasksFile: 'work.txt' });
      put('work.txt', '- [ ] T2 b');
      put('tasks.md', '- [ ] T1 a');
      await store.refresh('work.txt');
      await store.refresh('tasks.md');
      rmSync(join(root, 'work.txt'));
      await store.refresh('work.txt');
      assert.deepEqual(events, [['work.txt#T2'], []]);
    });
  });

  describe('with bad input', () => {
    it('passes over what belongs to another tool', async () => {
      assert.deepEqual(await problems('tasks.json', '{"tasks":[{"label":"x"}]}'), []);
    });

    it('does not read a file of more than 64 MiB', async () => {
      const file = openSync(join(root, 'tasks.md'), 'w');
      ftruncateSync(file, 64 * 1024 * 1024 + 1);
      closeSync(file);
      const plan = (await PlanStore.open(root)).current();
      assert.equal(plan.problems[0]?.code, 'too-large');
      assert.match(plan.problems[0].message, /has 65 MiB; plans are read up to 64 MiB\. Split/);
    });

    it('names the line where a file stops being UTF-8', async () => {
      const latin = Buffer.from('- [ ] T1 a\n- [ ] T2 caf\u00e9\n', 'latin1');
      assert.deepEqual(await problems('tasks.md', latin), [['not-utf8', 'tasks.md', 2]]);
    });

    it('recognises UTF-16 and binary files', async () => {
      const wide = Buffer.from('\uFEFF- [ ] T1 a', 'utf16le');
      assert.deepEqual(await problems('tasks.md', wide), [['not-utf8', 'tasks.md', 1]]);
      const binary = Buffer.from([10, 0x7f, 0, 0xff, 0xfe]);
      assert.deepEqual(await problems('tasks.md', binary), [['not-utf8', 'tasks.md', 2]]);
    });

    it('loads what is whole of a half-written file, and all of it later', async () => {
      put('tasks.json', '[{"id":"a","title":"A"},{"id":"b","ti');
      const { store, events } = await listen(root);
      assert.deepEqual(
        store.current().problems.map(({ code }) => code),
        ['malformed-json'],
      );
      put('tasks.json', '[{"id":"a","title":"A"},{"id":"b","title":"B"}]');
      await store.refresh('tasks.json');
      assert.deepEqual(events, [['tasks.json#a', 'tasks.json#b']]);
      assert.deepEqual(store.current().problems, []);
    });

    it('takes an empty file for an empty plan', async () => {
      assert.deepEqual(await problems('tasks.md', ''), []);
    });

    it('takes a link that leads nowhere, and one to a folder, for none', async function () {
      if (process.platform === 'win32') {
        skip(this, 'Windows links files only with a privilege');
      }
      symlinkSync(join(root, 'nowhere'), join(root, 'tasks.md'));
      symlinkSync(root, join(root, 'plan.md'));
      const store = await PlanStore.open(root);
      assert.deepEqual([store.current().sources, store.current().problems], [[], []]);
    });

    it('takes a folder with the name of a plan for none', async () => {
      mkdirSync(join(root, 'tasks.md'));
      const store = await PlanStore.open(root);
      await store.refresh('tasks.md');
      assert.deepEqual(store.current().sources, []);
    });

    it('loads the other plans beside a bad one', async () => {
      put('tasks.json', 'nonsense');
      put('tasks.md', '- [ ] T1 a');
      const plan = (await PlanStore.open(root)).current();
      assert.deepEqual([...plan.tasks.keys()], ['tasks.md#T1']);
      assert.equal(plan.problems.length, 1);
    });
  });
});
