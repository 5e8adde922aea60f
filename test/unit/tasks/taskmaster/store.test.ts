import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { asSourceId } from '../../../../src/shared/ids.ts';
import { PlanStore } from '../../../../src/tasks/plans/plan-store.ts';
import { outlineOf } from '../../../../src/tasks/read/outline-of.ts';
import { writeTaskStatus } from '../../../../src/tasks/write/write-status.ts';
import { removeDirectory, temporaryDirectory } from '../../../support/temp-directory.ts';

const file = '.taskmaster/tasks/tasks.json';
const text = JSON.stringify(
  {
    master: { tasks: [{ id: 1, title: 'A', status: 'pending' }] },
    feature: {
      tasks: [
        {
          id: 1,
          title: 'B',
          status: 'odd',
          subtasks: [
            { id: 1, title: 'C', dependencies: [] },
            { id: 2, title: '[P:Group-a] D', dependencies: [1], details: '(depends on 1.1)' },
          ],
        },
      ],
    },
  },
  null,
  2,
);

describe('a workspace with a plan of Task Master', () => {
  let root = '';
  const write = async (path: string, content: string): Promise<void> => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  };
  const shown = (store: PlanStore) => [...store.current().tasks.keys()];

  beforeEach(async () => {
    root = temporaryDirectory();
    await write(file, text);
  });
  afterEach(() => {
    removeDirectory(root);
  });

  it('shows another tag, and its problems, as soon as that is the current one', async () => {
    const store = await PlanStore.open(root);
    assert.deepEqual(shown(store), [`${file}@master#1`]);
    assert.deepEqual(store.current().problems, []);
    assert.ok(store.isPlan('.taskmaster/state.json'));
    await write('.taskmaster/state.json', '{"currentTag":"feature"}');
    await store.refresh('.taskmaster/state.json');
    assert.deepEqual(
      shown(store),
      ['1', '1.1', '1.2'].map((id) => `${file}@feature#${id}`),
    );
    assert.deepEqual(
      store.current().problems.map(({ code }) => code),
      ['unknown-status'],
    );
    assert.deepEqual(store.current().onDemand, [`${file}@master`]);
  });

  it('shows further tags when they are wanted', async () => {
    const store = await PlanStore.open(root);
    store.want([asSourceId(`${file}@feature`)]);
    assert.equal(shown(store).length, 4);
  });

  it('shows nothing but the tag that is named with the file', async () => {
    const wanted = [asSourceId(`${file}@feature`)];
    const store = await PlanStore.open(root, { tasksFile: file, wanted });
    assert.equal(shown(store).length, 3);
    assert.deepEqual(store.current().onDemand, [`${file}@master`]);
  });

  it('has a sub-task closed in its own tag, and every other byte as it was', async () => {
    const store = await PlanStore.open(root);
    store.want([asSourceId(`${file}@feature`)]);
    const task = [...store.current().tasks.values()].find(({ id }) => id === '1.2');
    assert.ok(task);
    assert.equal(store.fileOf(task), file);
    const written = await writeTaskStatus({ workspaceRoot: root, file, task, status: 'completed' });
    assert.ok(written.ok);
    const after = await readFile(join(root, file), 'utf8');
    assert.match(after, /"details": "\(depends on 1\.1\)",\s+"status": "done"\n/);
    assert.equal(after.replace(/,\n\s+"status": "done"/, ''), text);
  });

  it('is outlined with full ids', () => {
    const outlined = outlineOf(text, file)?.tasks ?? [];
    assert.deepEqual(
      outlined.map(({ source, id, dependencies, group }) => [
        source.split('@')[1],
        id,
        dependencies.map(({ written }) => written),
        group?.id,
      ]),
      [
        ['master', '1', [], undefined],
        ['feature', '1', [], undefined],
        ['feature', '1.1', [], undefined],
        ['feature', '1.2', ['1.1', '1.1'], 'a'],
      ],
    );
    const span = outlined[3]?.group?.span ?? { start: 0, end: 0 };
    assert.equal(text.slice(span.start, span.end), '[P:Group-a]');
  });
});
