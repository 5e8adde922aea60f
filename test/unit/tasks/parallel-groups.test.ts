import { strict as assert } from 'node:assert';
import { assemblePlan } from '../../../src/coordinator/plan/assemble-plan.ts';
import { blockersOf } from '../../../src/coordinator/plan/blockers.ts';
import { projectMetadata } from '../../../src/coordinator/projections/project-metadata.ts';
import type { Plan } from '../../../src/coordinator/schema/task.ts';
import { asSourceId } from '../../../src/shared/ids.ts';
import { jsonFormat } from '../../../src/tasks/json/json-format.ts';
import { outcome } from '../../support/coordinator/outcomes.ts';
import { runPlan } from '../../support/coordinator/plans.ts';
import { Rehearsal } from '../../support/coordinator/rehearsal.ts';

/** The plan of a task file with these tasks, the way that a coordinator gets them: an id and a description. */
function planOf(...tasks: readonly object[]): Plan {
  const source = asSourceId('tasks.json');
  const { tasks: read, problems } = jsonFormat.read(JSON.stringify(tasks), source);
  assert.deepEqual(problems, []);
  return assemblePlan([{ file: 'tasks.json', format: 'JSON', hash: '', tasks: read, problems }]);
}

/** `{ infra: 't1 t2' }` */
function groupsOf({ groups }: Plan): Record<string, string> {
  return Object.fromEntries(
    groups.map(({ id, tasks }) => [id, tasks.map((task) => task.id).join(' ')]),
  );
}

const described = (id: string, description: string, more = {}) => ({ id, description, ...more });

describe('parallel groups of a task file', () => {
  it('group detection: a single group', () => {
    const plan = planOf(
      described('t1', '[P:Group-infra] Setup DB'),
      described('t2', '[P:Group-infra] Setup cache'),
    );
    assert.deepEqual(groupsOf(plan), { infra: 't1 t2' });
  });

  it('group detection: several groups', () => {
    const plan = planOf(
      described('proj-auth.1', '[P:Group-infra] Setup PostgreSQL'),
      described('proj-auth.2', '[P:Group-infra] Setup Redis'),
      described('proj-auth.3', '[P:Group-auth] Implement login'),
      described('proj-auth.4', '[P:Group-auth] Implement logout'),
    );
    assert.deepEqual(groupsOf(plan), {
      infra: 'proj-auth.1 proj-auth.2',
      auth: 'proj-auth.3 proj-auth.4',
    });
  });

  it('group detection: tasks with and without a marker', () => {
    const plan = planOf(
      described('t1', '[P:Group-infra] Setup DB'),
      described('t2', '[P:Group-infra] Setup cache'),
      described('t3', 'Sequential task'),
    );
    assert.deepEqual(groupsOf(plan), { infra: 't1 t2', _sequential: 't3' });
  });

  it('group detection: tasks without any marker are sequential', () => {
    const plan = planOf(described('t1', 'Setup DB'), described('t2', 'Setup cache'));
    assert.deepEqual(groupsOf(plan), { _sequential: 't1 t2' });
  });

  it('group detection: variations of the marker', () => {
    const plan = planOf(
      described('t1', '[P:Group-a] At the start'),
      described('t2', 'In the [P:Group-data_2] middle'),
      described('t3', 'At the end [P:Group-a]'),
      described('t4', '[P:Group-long-name] With hyphens'),
      described('t5', 'Group-a without brackets'),
    );
    assert.deepEqual(groupsOf(plan), {
      a: 't1 t3',
      data_2: 't2',
      'long-name': 't4',
      _sequential: 't5',
    });
  });

  it('task metadata: subagent, fallbacks, skills, dependencies and priority', () => {
    const plan = planOf(
      described('t0', 'First'),
      described('t1', 'Setup DB', {
        subagent_type: 'backend-architect',
        fallback_agents: ['database-architect'],
        applicable_skills: ['mcp-builder'],
        dependencies: ['t0'],
        priority: 1,
      }),
    );
    const task = [...plan.tasks.values()].find(({ id }) => id === 't1');
    assert.equal(task?.subagent, 'backend-architect');
    assert.deepEqual(task.fallbackAgents, ['database-architect']);
    assert.deepEqual(task.skills, ['mcp-builder']);
    assert.deepEqual(task.dependencies, ['tasks.json#t0']);
    assert.equal(task.priority, 1);
  });

  it('task metadata: what is not said is left to be detected', () => {
    const [task] = planOf(described('t1', 'Setup DB')).tasks.values();
    assert.equal(task?.subagent, null);
    assert.deepEqual([task.fallbackAgents, task.skills, task.dependencies], [[], [], []]);
  });

  it('task metadata: the paths of the files that its description names', () => {
    const text = 'Extend `src/auth/login.ts` and `docs/auth.md`';
    const [task] = planOf(described('t1', text)).tasks.values();
    assert.deepEqual(task?.files, ['src/auth/login.ts', 'docs/auth.md']);
  });

  /** What holds back the task `t1` of group `a`. */
  function blockersOfFirst(plan: Plan): readonly string[] {
    const group = plan.groups.find(({ id }) => id === 'a');
    assert.ok(group);
    return [...blockersOf(group, plan).values()].flat().map(({ id, status }) => `${id} ${status}`);
  }
  const dependent = described('t1', '[P:Group-a] Setup DB', { dependencies: ['t9'] });

  it('dependency checking: no dependencies hold nothing back', () => {
    assert.deepEqual(blockersOfFirst(planOf(described('t1', '[P:Group-a] Setup DB'))), []);
  });

  it('dependency checking: an open dependency holds its task back', () => {
    const plan = planOf(dependent, described('t9', 'Elsewhere', { status: 'open' }));
    assert.deepEqual(blockersOfFirst(plan), ['t9 pending']);
  });

  it('dependency checking: a closed dependency holds nothing back', () => {
    const plan = planOf(dependent, described('t9', 'Elsewhere', { status: 'closed' }));
    assert.deepEqual(blockersOfFirst(plan), []);
  });

  const refreshes: readonly (readonly [string, 'timeout' | 'exit' | null, boolean])[] = [
    ['one that succeeds is noted', null, true],
    ['one that fails is noted, and the run goes on', 'exit', false],
    ['one that takes too long is noted, and the run goes on', 'timeout', false],
  ];
  for (const [what, failure, completed] of refreshes) {
    it(`context refresh: ${what}`, () => {
      const run = new Rehearsal(runPlan(['T1'], { tests: null }));
      run.checks('refresh', null, outcome(failure));
      assert.deepEqual(run.launched(), ['T1']);
      const metadata = projectMetadata(run.run, {
        of: () => ({ logs: [], directory: null }),
        report: null,
      });
      assert.equal(metadata.pre_group_refresh_completed, completed);
    });
  }
});
