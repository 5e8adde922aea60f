import assert from 'node:assert/strict';
import { assemblePlan } from '../../../../src/coordinator/plan/assemble-plan.ts';
import { detectReport } from '../../../../src/coordinator/plan/detect-report.ts';
import type { Task } from '../../../../src/coordinator/schema/task.ts';
import {
  CANCELLED,
  COMPLETED,
  IN_PROGRESS,
  makeSnapshot,
  makeTask,
} from '../../../support/make-task.ts';

const reportOn = (...tasks: readonly Task[]) =>
  detectReport(assemblePlan([makeSnapshot('tasks.md', tasks)]), {});

describe('the report of detect', () => {
  it('has exactly the keys that scripts rely on', () => {
    const report = reportOn(
      makeTask('t1', {
        title: 'Setup DB',
        group: 'infra',
        files: ['src/db.ts'],
        place: { file: 'tasks.md', line: 12 },
      }),
      makeTask('t2', { group: 'Infra', dependencies: ['t1'], run: 'make', priority: 0 }),
      makeTask('t3', { subagent: 'x', dependencies: ['nobody'] }),
      makeTask('t4'),
    );
    assert.deepEqual(JSON.parse(JSON.stringify(report)), {
      version: 1,
      groups: [
        {
          key: 'tasks.md#infra',
          id: 'infra',
          inferred: false,
          tasks: ['t1', 't2'],
          waves: [['t1'], ['t2']],
          conflicts: [],
          source: 'tasks.md',
        },
        {
          key: 'tasks.md#_sequential',
          id: '_sequential',
          inferred: false,
          tasks: ['t3', 't4'],
          waves: [['t3'], ['t4']],
          conflicts: [],
          source: 'tasks.md',
        },
      ],
      tasks: [
        {
          key: 'tasks.md#t1',
          id: 't1',
          title: 'Setup DB',
          group: 'infra',
          status: 'pending',
          dependencies: [],
          blockedBy: [],
          subagent: 'backend-architect',
          subagentReason: 'default',
          priority: 2,
          files: ['src/db.ts'],
          run: null,
          source: { file: 'tasks.md', line: 12 },
        },
        {
          key: 'tasks.md#t2',
          id: 't2',
          title: 'Task t2',
          group: 'infra',
          status: 'pending',
          dependencies: ['t1'],
          blockedBy: [],
          subagent: 'backend-architect',
          subagentReason: 'default',
          priority: 0,
          files: [],
          run: 'make',
          source: { file: 'tasks.md', line: 1 },
        },
        {
          key: 'tasks.md#t3',
          id: 't3',
          title: 'Task t3',
          group: '_sequential',
          status: 'pending',
          dependencies: ['nobody'],
          blockedBy: ['nobody'],
          subagent: 'x',
          subagentReason: 'metadata',
          priority: 2,
          files: [],
          run: null,
          source: { file: 'tasks.md', line: 1 },
        },
        {
          key: 'tasks.md#t4',
          id: 't4',
          title: 'Task t4',
          group: '_sequential',
          status: 'pending',
          dependencies: [],
          blockedBy: [],
          subagent: 'backend-architect',
          subagentReason: 'default',
          priority: 2,
          files: [],
          run: null,
          source: { file: 'tasks.md', line: 1 },
        },
      ],
      problems: [
        {
          severity: 'error',
          code: 'unknown-dependency',
          message:
            '“t3” depends on “nobody”, but no task has that id. Correct it or remove the dependency; until then the task is held back.',
          file: 'tasks.md',
          line: 1,
        },
      ],
    });
  });

  it('tells where tasks of a group collide, by their short ids', () => {
    const { groups, problems } = reportOn(
      makeTask('t1', { group: 'a', files: ['src/'] }),
      makeTask('t2', { group: 'a', files: ['src/x.ts'] }),
      makeTask('t3', { group: 'a', files: ['src/y.ts'], dependencies: ['t1'] }),
    );
    assert.deepEqual(groups[0]?.conflicts, [{ path: 'src', tasks: ['t1', 't2'] }]);
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['shared-file'],
    );
  });

  it('names dependencies in other sources by their keys', () => {
    const plan = assemblePlan([
      makeSnapshot('tasks.md', [makeTask('t1', { dependencies: ['b1'] })]),
      makeSnapshot('b.md', [makeTask('b1', { source: 'b.md' })]),
    ]);
    const [task] = detectReport(plan, {}).tasks;
    assert.deepEqual(task?.dependencies, ['b.md#b1']);
    assert.deepEqual(task.blockedBy, ['b.md#b1']);
  });
});

describe('what blocks a task', () => {
  const blockedBy = (...tasks: readonly Task[]) =>
    Object.fromEntries(
      reportOn(...tasks)
        .tasks.filter((task) => task.blockedBy.length > 0)
        .map((task) => [task.id, task.blockedBy]),
    );
  const inGroup = { group: 'x' };

  it('is a dependency outside its group that is not done', () => {
    assert.deepEqual(
      blockedBy(
        makeTask('open'),
        makeTask('busy', { status: IN_PROGRESS }),
        makeTask('done', { status: COMPLETED }),
        makeTask('dropped', { status: CANCELLED }),
        makeTask('t', { ...inGroup, dependencies: ['open', 'busy', 'done', 'dropped'] }),
      ),
      { t: ['open', 'busy'] },
    );
  });

  it('is not a dependency that the group itself can carry out', () => {
    assert.deepEqual(
      blockedBy(
        makeTask('a', inGroup),
        makeTask('b', { ...inGroup, dependencies: ['a'] }),
        makeTask('c', { ...inGroup, dependencies: ['b', 'a'] }),
      ),
      {},
    );
  });

  it('is one inside the group that cannot run itself', () => {
    assert.deepEqual(
      blockedBy(
        makeTask('outside'),
        makeTask('a', { ...inGroup, dependencies: ['outside'] }),
        makeTask('b', { ...inGroup, dependencies: ['a', 'free'] }),
        makeTask('free', inGroup),
        makeTask('busy', { ...inGroup, status: IN_PROGRESS }),
        makeTask('c', { ...inGroup, dependencies: ['busy'] }),
      ),
      { a: ['outside'], b: ['a'], c: ['busy'] },
    );
  });

  it('is the cycle that it is in', () => {
    assert.deepEqual(
      blockedBy(
        makeTask('a', { ...inGroup, dependencies: ['b'] }),
        makeTask('b', { ...inGroup, dependencies: ['a'] }),
        makeTask('c', { ...inGroup, dependencies: ['b'] }),
      ),
      { a: ['b'], b: ['a'], c: ['b'] },
    );
  });
});
