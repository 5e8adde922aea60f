import assert from 'node:assert/strict';
import { blocks, codes, only, read, waits } from '../../../support/beads/issues.ts';

describe('the state of tasks of beads', () => {
  describe('have the status', () => {
    const cases: readonly (readonly [string, string, boolean])[] = [
      ['open', 'pending', true],
      ['in_progress', 'in_progress', false],
      ['hooked', 'in_progress', false],
      ['blocked', 'blocked', false],
      ['deferred', 'blocked', false],
      ['pinned', 'blocked', false],
      ['closed', 'completed', false],
      ['in_review', 'pending', true],
      ['qa', 'in_progress', false],
      ['shipped', 'completed', false],
      ['on_hold', 'blocked', false],
    ];
    for (const [word, status, launchable] of cases) {
      it(`${status} for ${word}`, () => {
        const categories = {
          in_review: 'active',
          qa: 'wip',
          shipped: 'done',
          on_hold: 'frozen',
        } as const;
        assert.deepEqual(only({ status: word }, categories).status, { status, word, launchable });
      });
    }

    it('of no meaning, are not launched, and say so', () => {
      for (const status of ['plain', 'done', 'review', 'failed']) {
        const issue = { id: 'bd-1', title: 'x', status };
        const task = read([issue]).tasks[0];
        assert.equal(task?.status.launchable, false, status);
        assert.equal(task.status.word, status);
        assert.deepEqual(codes(issue), ['unknown-status']);
      }
    });

    it('deferred until its time has come', () => {
      const later = only({ defer_until: '2026-01-02T00:00:00Z' }).status;
      assert.deepEqual(later, { status: 'blocked', word: 'deferred', launchable: false });
      assert.equal(only({ defer_until: '2025-12-31T00:00:00Z' }).status.launchable, true);
    });
  });

  describe('wait', () => {
    const other = { id: 'bd-2', title: 'Two' };
    for (const type of ['blocks', 'conditional-blocks', 'waits-for']) {
      it(`for what they depend on by ${type}, in the form of list and in that of show`, () => {
        const list = { id: 'bd-1', title: 'One', dependencies: [blocks('bd-2', type)] };
        const whole = { ...other, dependency_type: type };
        const show = { id: 'bd-3', title: 'Three', dependencies: [whole] };
        assert.deepEqual(waits(list, other, show), ['bd-1: bd-2', 'bd-2: ', 'bd-3: bd-2']);
      });
    }
    for (const type of ['parent-child', 'related', 'tracks', 'discovered-from', 'own-type']) {
      it(`not for what they are tied to by ${type}`, () => {
        const tied = { id: 'bd-1', title: 'One', dependencies: [blocks('bd-2', type)] };
        assert.deepEqual(waits(tied, other), ['bd-1: ', 'bd-2: ']);
      });
    }

    it('for an unknown issue only while they are open', () => {
      const gone = { title: 'x', dependencies: [blocks('bd-gone'), blocks('bd-2')] };
      assert.deepEqual(
        waits({ id: 'bd-1', ...gone, status: 'closed' }, other, { id: 'bd-3', ...gone }),
        ['bd-1: bd-2', 'bd-2: ', 'bd-3: bd-gone bd-2'],
      );
    });
  });

  it('launch no epic that has children, and any other', () => {
    const { tasks } = read([
      { id: 'bd-1', title: 'By dependency', issue_type: 'epic' },
      { id: 'bd-2', title: 'By field', issue_type: 'epic' },
      { id: 'bd-3', title: 'Lonely', issue_type: 'epic' },
      { id: 'bd-4', title: 'Feature', issue_type: 'feature' },
      { id: 'bd-5', title: 'a', dependencies: [blocks('bd-1', 'parent-child')] },
      { id: 'bd-6', title: 'b', parent: 'bd-2' },
      { id: 'bd-7', title: 'c', parent: 'bd-4' },
    ]);
    assert.deepEqual(
      tasks.filter(({ status }) => !status.launchable).map(({ id, status }) => [id, status.word]),
      [
        ['bd-1', 'epic'],
        ['bd-2', 'epic'],
      ],
    );
    const closed = { id: 'bd-1', title: 'Done', issue_type: 'epic', status: 'closed' };
    const child = { id: 'bd-5', title: 'a', parent: 'bd-1' };
    assert.equal(read([closed, child]).tasks[0]?.status.status, 'completed');
  });

  it('leave out what is no work, unless open work waits for it', () => {
    const { tasks, problems } = read([
      { id: 'g-1', title: 'Gate', issue_type: 'gate' },
      { id: 'g-2', title: 'Other gate', issue_type: 'gate' },
      { id: 'g-3', title: 'Gate of what is done', issue_type: 'gate' },
      { id: 'm-1', title: 'Message', issue_type: 'message' },
      { id: 'w-1', title: 'Wisp', ephemeral: true },
      { id: 't-1', title: 'Template', is_template: true },
      { id: 'p-1', title: 'Context', pinned: true },
      { id: 'd-1', title: 'Deleted', status: 'tombstone' },
      { id: 'bd-1', title: 'Work', dependencies: [blocks('g-1'), blocks('w-1', 'related')] },
      { id: 'bd-2', title: 'Done', status: 'closed', dependencies: [blocks('g-3')] },
    ]);
    assert.deepEqual(
      tasks.map(({ id, status }) => [id, status.word]),
      [
        ['bd-1', 'open'],
        ['bd-2', 'closed'],
        ['g-1', 'gate'],
      ],
    );
    assert.deepEqual(problems, []);
  });

  it('come in the order in which bd offers them: by priority, then by age', () => {
    const { tasks } = read([
      { id: 'bd-10', title: 'a', created_at: '2026-01-02T00:00:00Z' },
      { id: 'bd-9', title: 'b', created_at: '2026-01-02T00:00:00Z' },
      { id: 'bd-3', title: 'c', created_at: '2026-01-01T20:00:00-08:00' },
      { id: 'bd-2', title: 'd', created_at: '2026-01-02T03:00:00Z', priority: 2 },
      { id: 'bd-1', title: 'e', created_at: '2026-02-01T00:00:00Z', priority: 1 },
    ]);
    assert.equal(tasks.map(({ id }) => id).join(' '), 'bd-1 bd-9 bd-10 bd-2 bd-3');
  });

  it('leave out an issue that cannot be read, saying which and why', () => {
    const values = [
      { id: 'bd-1', title: 'fine' },
      { id: 'bd-2', title: 'x', priority: 9 },
      { title: 'without id' },
      { id: 'bd-4', dependencies: [{ on: 'bd-1' }] },
    ];
    const { tasks, problems } = read(values);
    assert.deepEqual(
      tasks.map(({ id }) => id),
      ['bd-1'],
    );
    assert.equal(problems.length, 3);
    assert.match(problems[0]?.message ?? '', /“bd-2” cannot be read and is left out: priority: /);
    assert.match(problems[1]?.message ?? '', /^An issue cannot be read and is left out: id: /);
    assert.ok(
      problems.every(({ code, severity }) => code === 'invalid-task' && severity === 'error'),
    );
  });
});
