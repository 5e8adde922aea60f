import assert from 'node:assert/strict';
import { only, read } from '../../../../support/beads/issues.ts';

describe('tasks of beads', () => {
  it('have the issue’s id, title, priority and place', () => {
    const task = only({ priority: 0 });
    assert.equal(task.key, '.beads#bd-1');
    assert.equal(task.title, 'One');
    assert.equal(task.priority, 0);
    assert.deepEqual(task.place, { file: '.beads/issues.jsonl', line: 7 });
    assert.equal(only({}).priority, 2);
    assert.equal(only({ title: null }).title, 'bd-1');
  });

  it('describe themselves with all that bd keeps in fields of their own, under a heading', () => {
    const { description } = only({
      description: 'Make it.',
      design: 'With care.',
      acceptance_criteria: 'It works.',
      notes: 'Asked twice.',
    });
    assert.equal(
      description,
      'Make it.\n\nDesign:\nWith care.\n\nAcceptance criteria:\nIt works.\n\nNotes:\nAsked twice.',
    );
    assert.equal(only({ notes: '  ' }).description, '');
  });

  it('read markers in every text, and take them out', () => {
    const task = only({
      title: 'One [P:Group-auth]',
      description: 'Make `src/a.ts`. (depends on bd-9)',
      notes: '`run: npm test`',
    });
    assert.equal(task.title, 'One');
    assert.equal(task.group?.id, 'auth');
    assert.deepEqual(task.files, ['src/a.ts']);
    assert.deepEqual(task.dependencies, ['.beads#bd-9']);
    assert.equal(task.run, 'npm test');
    assert.match(task.description, /^Make `src\/a\.ts`\.\s+Notes:$/);
  });

  describe('belong to the group', () => {
    const cases: readonly (readonly [string, object, string | null])[] = [
      ['of no word', {}, null],
      ['of a label', { labels: ['ui', 'parallel:A'] }, 'A'],
      ['of a label that says Group-', { labels: ['parallel:Group-A'] }, 'A'],
      ['of a label in other case', { labels: ['Parallel:group-a'] }, 'a'],
      ['of metadata', { metadata: { execution_parallel_group: 'B' } }, 'B'],
      ['of metadata that says Group-', { metadata: { execution_parallel_group: 'Group-B' } }, 'B'],
      ['of metadata written as a number', { metadata: { execution_parallel_group: 3 } }, '3'],
      ['of metadata written as text', { metadata: '{"execution_parallel_group":"B"}' }, 'B'],
      ['without its spaces', { labels: ['parallel:front end'] }, 'front-end'],
      ['of no label without a name', { labels: ['parallel:', 'parallel: '] }, null],
      [
        'of the marker first',
        {
          description: '[P:Group-M]',
          labels: ['parallel:L'],
          metadata: { execution_parallel_group: 'B' },
        },
        'M',
      ],
      [
        'of the label before metadata',
        { labels: ['parallel:L'], metadata: { execution_parallel_group: 'B' } },
        'L',
      ],
    ];
    for (const [title, fields, group] of cases) {
      it(title, () => assert.equal(only(fields).group?.id ?? null, group));
    }

    it('of the first of several labels, with a warning', () => {
      const several = {
        id: 'bd-1',
        title: 'x',
        labels: ['parallel:A', 'parallel:B', 'parallel:a'],
      };
      const { tasks, problems } = read([several]);
      assert.equal(tasks[0]?.group?.id, 'A');
      assert.deepEqual(
        problems.map(({ code, severity }) => [code, severity]),
        [['several-groups', 'warning']],
      );
    });
  });

  it('take subagents and skills from metadata', () => {
    const roles = { subagent_type: 'tester', execution_agent_type: 'other' };
    const lists = { fallback_agents: ['a', 'b'], applicable_skills: 'tdd, review' };
    const task = only({ metadata: { ...roles, ...lists, team: 7 } });
    assert.equal(task.subagent, 'tester');
    assert.deepEqual(task.fallbackAgents, ['a', 'b']);
    assert.deepEqual(task.skills, ['tdd', 'review']);
    assert.equal(only({ metadata: { execution_agent_type: 'other' } }).subagent, 'other');
    assert.equal(only({ metadata: '' }).subagent, null);
    assert.equal(only({ metadata: 'null' }).subagent, null);
  });

  it('stay without metadata that cannot be read, with a warning', () => {
    for (const metadata of ['{"a":', 'text', { fallback_agents: 7 }, [1], '"text"']) {
      const { tasks, problems } = read([{ id: 'bd-1', title: 'x', metadata }]);
      assert.equal(tasks.length, 1);
      assert.deepEqual(
        problems.map(({ code, severity }) => [code, severity]),
        [['invalid-metadata', 'warning']],
        JSON.stringify(metadata),
      );
    }
  });
});
