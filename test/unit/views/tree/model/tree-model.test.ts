import assert from 'node:assert/strict';
import { asGroupId, asSourceId, groupKey, taskKey } from '../../../../../src/shared/ids.ts';
import type { GroupView, TaskView } from '../../../../../src/shared/view-models/group-views.ts';
import { parseFilter } from '../../../../../src/views/tree/model/filter.ts';
import type { Layout } from '../../../../../src/views/tree/model/layout.ts';
import type { TreeNode } from '../../../../../src/views/tree/model/nodes.ts';
import { TreeModel } from '../../../../../src/views/tree/model/tree-model.ts';
import { groupView, taskView } from '../../../../support/webview/views.ts';

const BY_GROUP: Layout = { viewBy: 'group', waves: false, filter: null };

function task(source: string, id: string, changes: Partial<TaskView> = {}): TaskView {
  const key = taskKey(asSourceId(source), taskView(id).id);
  return taskView(id, { key, ...changes });
}

function group(source: string, title: string, tasks: readonly TaskView[]): GroupView {
  const key = groupKey(asSourceId(source), asGroupId(title));
  const waves: GroupView['waves'][number][] = [];
  for (const { wave, key: each } of tasks) {
    waves[wave] = [...(waves[wave] ?? []), each];
  }
  return groupView(tasks, { key, title, source: asSourceId(source), waves });
}

const A1 = task('a/tasks.md', 'A1', { subagent: 'writer' });
const A2 = task('a/tasks.md', 'A2', { wave: 1 });
const B1 = task('a/tasks.md', 'B1');
const C1 = task('b/plan.md', 'C1', { status: 'failed', subagent: 'writer' });
const AUTH = group('a/tasks.md', 'auth', [A1, A2]);
const BUILD = group('a/tasks.md', 'build', [B1]);
const CLEAN = group('b/plan.md', 'clean', [C1]);
const GROUPS: readonly GroupView[] = [AUTH, BUILD, CLEAN];
const FOLDERS = ['a/', 'b/'];

/** Every row, indented below its own. */
function drawn(model: TreeModel, node?: TreeNode, indent = ''): string[] {
  return model
    .childrenOf(node)
    .flatMap((row) => [`${indent}${row.kind} ${row.key}`, ...drawn(model, row, `${indent}  `)]);
}

describe('the rows of the tree', () => {
  let model: TreeModel;
  const show = (layout: Partial<Layout> = {}, groups = GROUPS, folders = ['']) =>
    model.update({ groups, layout: { ...BY_GROUP, ...layout }, folders });
  beforeEach(() => {
    model = new TreeModel();
  });

  it('are groups and their tasks', () => {
    show();
    assert.deepEqual(drawn(model), [
      'group a/tasks.md#auth',
      '  task a/tasks.md#A1',
      '  task a/tasks.md#A2',
      'group a/tasks.md#build',
      '  task a/tasks.md#B1',
      'group b/plan.md#clean',
      '  task b/plan.md#C1',
    ]);
  });

  it('are sources, in their folders where there are several', () => {
    show({ viewBy: 'source' });
    assert.deepEqual(drawn(model).slice(0, 2), ['source a/tasks.md', '  group a/tasks.md#auth']);
    show({ viewBy: 'source' }, GROUPS, FOLDERS);
    assert.deepEqual(drawn(model), [
      'folder a/',
      '  source a/tasks.md',
      '    group a/tasks.md#auth',
      '      task a/tasks.md#A1',
      '      task a/tasks.md#A2',
      '    group a/tasks.md#build',
      '      task a/tasks.md#B1',
      'folder b/',
      '  source b/plan.md',
      '    group b/plan.md#clean',
      '      task b/plan.md#C1',
    ]);
  });

  it('are subagents and what each is given', () => {
    show({ viewBy: 'subagent', waves: true });
    assert.deepEqual(drawn(model), [
      'subagent writer',
      '  task a/tasks.md#A1',
      '  task b/plan.md#C1',
      'subagent backend-architect',
      '  task a/tasks.md#A2',
      '  task a/tasks.md#B1',
    ]);
  });

  it('stand under waves where there is more than one', () => {
    show({ waves: true });
    assert.deepEqual(drawn(model).slice(0, 6), [
      'group a/tasks.md#auth',
      '  wave a/tasks.md#auth wave 1',
      '    task a/tasks.md#A1',
      '  wave a/tasks.md#auth wave 2',
      '    task a/tasks.md#A2',
      'group a/tasks.md#build',
    ]);
    assert.equal(drawn(model)[6], '  task a/tasks.md#B1');
  });

  it('stand under waves in the order of these, whatever that of the plan', () => {
    show({ waves: true }, [{ ...AUTH, tasks: [A2, A1] }]);
    assert.deepEqual(drawn(model), [
      'group a/tasks.md#auth',
      '  wave a/tasks.md#auth wave 1',
      '    task a/tasks.md#A1',
      '  wave a/tasks.md#auth wave 2',
      '    task a/tasks.md#A2',
    ]);
  });

  it('stand under no waves in a sequential group', () => {
    show({ waves: true }, [{ ...AUTH, sequential: true }]);
    assert.deepEqual(drawn(model)[1], '  task a/tasks.md#A1');
  });

  it('are those that the filter lets through, with what stands above them', () => {
    show({ viewBy: 'source', filter: parseFilter('@failed') });
    assert.deepEqual(drawn(model), [
      'source b/plan.md',
      '  group b/plan.md#clean',
      '    task b/plan.md#C1',
    ]);
    assert.deepEqual(model.counts.shown, 1);
    assert.deepEqual(model.counts.total, 4);
    assert.equal(model.shows(model.nodeOf(AUTH.key)), false);
    assert.equal(model.shows(model.nodeOf(CLEAN.key)), true);
  });

  it('know what they stand under', () => {
    for (const way of ['group', 'source', 'subagent'] as const) {
      show({ viewBy: way, waves: true }, GROUPS, FOLDERS);
      const check = (node?: TreeNode): void => {
        for (const row of model.childrenOf(node)) {
          assert.equal(model.parentOf(row), node);
          assert.ok(model.shows(row));
          check(row);
        }
      };
      check();
    }
  });
});

describe('an update of the tree', () => {
  let model: TreeModel;
  let layout: Layout;
  const update = (groups: readonly GroupView[]) => model.update({ groups, layout, folders: [''] });
  /** GROUPS with the first task of the first group changed. */
  const changed = (changes: Partial<TaskView>, ofGroup: Partial<GroupView> = {}) => {
    return [{ ...AUTH, tasks: [{ ...A1, ...changes }, A2], ...ofGroup }, BUILD, CLEAN];
  };
  const rows = (groups: readonly GroupView[]) => {
    const change = update(groups);
    return change === 'all' ? 'all' : change.map(({ key }) => key).join(' ');
  };
  beforeEach(() => {
    model = new TreeModel();
    layout = BY_GROUP;
    update(GROUPS);
  });

  const cases: readonly (readonly [string, readonly GroupView[], string])[] = [
    ['draws nothing where nothing changed', [...GROUPS], ''],
    ['draws nothing where a task looks the same', changed({ usage: null, attemptDir: '/x' }), ''],
    ['draws the one task that changed', changed({ detail: 'editing' }), 'a/tasks.md#A1'],
    ['draws a group alone', changed({}, { detail: '1/2' }), 'a/tasks.md#auth'],
    [
      'draws a group that needs a person, with its task',
      changed({ appearance: 'needs_you' }),
      'a/tasks.md#auth a/tasks.md#A1',
    ],
    ['draws everything for a task more', changed({}, { tasks: [A1, A2, B1] }), 'all'],
    ['draws everything for another order', changed({}, { tasks: [A2, A1] }), 'all'],
    ['draws everything for a group less', GROUPS.slice(1), 'all'],
    ['draws everything for another title', changed({}, { title: 'Auth' }), 'all'],
    ['leaves waves alone that are not shown', changed({ wave: 2 }), ''],
  ];
  for (const [what, groups, expected] of cases) {
    it(what, () => {
      assert.equal(rows(groups), expected);
      assert.equal(rows(groups), '', 'and not again');
    });
  }

  it('draws everything for another way of looking, once', () => {
    layout = { ...BY_GROUP, viewBy: 'subagent' };
    assert.equal(rows(GROUPS), 'all');
    assert.equal(rows(GROUPS), '');
    assert.equal(rows(changed({ subagent: 'tester' })), 'all');
  });

  it('draws everything where a task comes into sight, or goes out of it', () => {
    layout = { ...BY_GROUP, filter: parseFilter('@failed') };
    assert.equal(rows(GROUPS), 'all');
    assert.equal(rows(changed({ detail: 'editing' })), '', 'it is not there');
    assert.equal(rows(changed({ status: 'failed' })), 'all');
  });

  it('draws everything where a task moves to another wave that is shown', () => {
    layout = { ...BY_GROUP, waves: true };
    update(GROUPS);
    assert.equal(rows(changed({ wave: 1 })), 'all');
  });

  it('keeps the element of a row', () => {
    const before = drawnNodes(model);
    layout = { ...BY_GROUP, viewBy: 'source' };
    update(changed({ detail: 'other' }));
    const after = new Set(drawnNodes(model));
    assert.ok(before.every((node) => after.has(node)));
  });

  it('gives what it was told last', () => {
    const groups = changed({ detail: 'editing' });
    update(groups);
    assert.equal(model.group(AUTH.key), groups[0]);
    assert.equal(model.task(AUTH.key, A1.key)?.detail, 'editing');
  });
});

function drawnNodes(model: TreeModel, node?: TreeNode): TreeNode[] {
  return model.childrenOf(node).flatMap((row) => [row, ...drawnNodes(model, row)]);
}
