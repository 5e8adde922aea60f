import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PlanStore } from '../../../../src/tasks/plans/plan-store.ts';
import { bd, importIssues, realTrackers } from '../../../support/beads/real-bd.ts';
import { taskOf } from '../../../support/beads/tasks.ts';

const DEPENDENCIES = ['blocks', 'conditional-blocks', 'waits-for', 'related', 'tracks', 'until'];

describe('reading beads with the real bd', function () {
  this.timeout(120_000);
  const trackers = realTrackers();

  it('reads what people made with labels, metadata, markers and fields', async () => {
    const workspace = trackers.create();
    const make = (id: string, ...words: readonly string[]) =>
      bd(workspace, 'create', '--id', id, ...words);
    const metadata = { execution_parallel_group: 'meta', subagent_type: 'tester' };
    await make('bd-1', 'By label', '--labels', 'parallel:Group-ui,web', '-p', '1');
    await make('bd-2', 'By metadata', '--metadata', JSON.stringify(metadata));
    await make('bd-3', 'By marker [P:Group-x]', '--design', 'Small', '-t', 'bug');
    await bd(workspace, 'update', 'bd-3', '--set-metadata', 'fallback_agents=a,b');
    const store = await PlanStore.open(workspace);
    assert.deepEqual(store.current().problems, []);
    assert.deepEqual(
      [...store.current().tasks.values()].map(({ key, title, group, priority, place }) => [
        key,
        title,
        group?.id,
        priority,
        place.file,
      ]),
      [
        ['.beads#bd-1', 'By label', 'ui', 1, '.beads/config.yaml'],
        ['.beads#bd-2', 'By metadata', 'meta', 2, '.beads/config.yaml'],
        ['.beads#bd-3', 'By marker', 'x', 2, '.beads/config.yaml'],
      ],
    );
    assert.equal(taskOf(store, 'bd-2').subagent, 'tester');
    assert.deepEqual(taskOf(store, 'bd-3').fallbackAgents, ['a', 'b']);
    assert.equal(taskOf(store, 'bd-3').description, 'Design:\nSmall');
  });

  it('waits for what bd calls blocking, and for nothing else; launches no epic with children', async () => {
    const workspace = trackers.create();
    await importIssues(workspace, [
      { id: 'bd-1', title: 'Epic', issue_type: 'epic' },
      { id: 'bd-2', title: 'Child' },
      ...DEPENDENCIES.map((type) => ({ id: `bd-${type}`, title: type })),
    ]);
    await bd(workspace, 'dep', 'add', 'bd-2', 'bd-1', '--type', 'parent-child');
    for (const type of DEPENDENCIES) {
      await bd(workspace, 'dep', 'add', `bd-${type}`, 'bd-2', '--type', type);
    }
    const store = await PlanStore.open(workspace);
    const waiting = [...store.current().tasks.values()].filter(
      ({ dependencies }) => dependencies.length > 0,
    );
    const ids = waiting.map(({ id, dependencies }) => `${id} ${dependencies.join(' ')}`);
    assert.deepEqual(ids.toSorted(), [
      'bd-blocks .beads#bd-2',
      'bd-conditional-blocks .beads#bd-2',
      'bd-waits-for .beads#bd-2',
    ]);
    assert.deepEqual(taskOf(store, 'bd-1').status, {
      status: 'blocked',
      word: 'epic',
      launchable: false,
    });
  });

  it('waits for a gate, which bd lists only when asked', async () => {
    const workspace = trackers.create();
    await importIssues(workspace, [{ id: 'bd-1', title: 'Deploy' }]);
    const gate: unknown = JSON.parse(
      await bd(workspace, 'gate', 'create', '--type', 'human', '--blocks', 'bd-1', '--json'),
    );
    assert.ok(typeof gate === 'object' && gate !== null && 'id' in gate);
    const store = await PlanStore.open(workspace);
    assert.deepEqual(store.current().problems, []);
    assert.deepEqual(taskOf(store, 'bd-1').dependencies, [`.beads#${String(gate.id)}`]);
    assert.equal(taskOf(store, String(gate.id)).status.word, 'gate');
  });

  it('knows people’s own statuses by their category', async () => {
    const workspace = trackers.create();
    const custom = 'in_review:active,qa:wip,on_hold:frozen,shipped:done';
    await bd(workspace, 'config', 'set', 'status.custom', custom);
    const words = ['in_review', 'qa', 'on_hold', 'shipped', 'deferred'];
    const issues = words.map((title, index) => ({ id: `bd-${index}`, title }));
    await importIssues(workspace, issues);
    for (const { id, title } of issues) {
      await bd(workspace, 'update', id, '--status', title);
    }
    const store = await PlanStore.open(workspace);
    assert.deepEqual(
      words.map((word, index) => {
        const { title, status } = taskOf(store, `bd-${index}`);
        assert.equal(title, word);
        return [status.word, status.status, status.launchable];
      }),
      [
        ['in_review', 'pending', true],
        ['qa', 'in_progress', false],
        ['on_hold', 'blocked', false],
        ['shipped', 'completed', false],
        ['deferred', 'blocked', false],
      ],
    );
    assert.deepEqual(store.current().problems, []);
  });

  it('leads to the line of an issue in the export, and reads that one without a database', async () => {
    const workspace = trackers.create();
    await importIssues(workspace, [
      { id: 'bd-1', title: 'One', priority: 1 },
      {
        id: 'bd-2',
        title: 'Two [P:Group-x]',
        dependencies: [{ issue_id: 'bd-2', depends_on_id: 'bd-1', type: 'blocks' }],
      },
    ]);
    await bd(workspace, 'export', '-o', join('.beads', 'issues.jsonl'));
    const lines = readFileSync(join(workspace, '.beads', 'issues.jsonl'), 'utf8').split('\n');
    const store = await PlanStore.open(workspace);
    const { file, line } = taskOf(store, 'bd-2').place;
    assert.equal(file, '.beads/issues.jsonl');
    assert.match(lines[line - 1] ?? '', /"id":"bd-2"/);

    rmSync(join(workspace, '.beads', 'embeddeddolt'), { recursive: true });
    const clone = await PlanStore.open(workspace);
    assert.deepEqual(
      clone.current().problems.map(({ code, severity }) => [code, severity]),
      [['beads-no-database', 'warning']],
    );
    assert.deepEqual(taskOf(clone, 'bd-2'), taskOf(store, 'bd-2'));
  });

  it('reads several trackers, and none of a folder above in one that has no database', async () => {
    const workspace = trackers.create();
    const below = trackers.create(join(workspace, 'packages', 'x'));
    await importIssues(workspace, [{ id: 'bd-1', title: 'Above' }]);
    await importIssues(below, [{ id: 'bd-1', title: 'Below' }]);
    mkdirSync(join(workspace, 'packages', 'y', '.beads'), { recursive: true });
    const store = await PlanStore.open(workspace);
    assert.deepEqual(
      [...store.current().tasks.values()].map(({ key, title }) => `${key} ${title}`),
      ['.beads#bd-1 Above', 'packages/x/.beads#bd-1 Below'],
    );
    assert.equal(existsSync(join(workspace, 'packages', 'y', '.beads', 'embeddeddolt')), false);
  });
});
