import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { assemblePlan } from '../../../../src/coordinator/plan/assemble-plan.ts';
import { asSourceId } from '../../../../src/shared/ids.ts';
import { readJson } from '../../../../src/tasks/json/read-json.ts';
import { jsonTaskSchema } from '../../../../src/tasks/json/task-schema.ts';
import { readTaskMaster } from '../../../../src/tasks/taskmaster/read-taskmaster.ts';
import { writtenTaskSchema } from '../../../../src/tasks/taskmaster/written-task.ts';
import { schemaOf } from '../../../support/json-schema.ts';

const published = (name: string) => {
  const keys = z.object({ properties: z.record(z.string(), z.unknown()) });
  const schema = z.object({ definitions: z.looseObject({ task: keys }) });
  const text = readFileSync(new URL(`../../../../media/${name}`, import.meta.url), 'utf8');
  return Object.keys(schema.parse(JSON.parse(text)).definitions.task.properties).sort();
};

/** Tasks that both kinds of file accept. */
const right: readonly object[] = [
  { id: 'a', title: 'A' },
  { id: 7, description: 'A', title: null, status: null, priority: null, dependencies: null },
  { id: 'a', title: 'A', status: 'Done', owner: { name: 'x' } },
  { id: 'a', title: 'A', metadata: { subagent_type: 'x', fallback_agents: ['y'], other: 1 } },
  ...[0, 4, 'critical', 'high', 'medium', 'low'].map((priority) => ({
    id: 1,
    title: 'A',
    priority,
  })),
];
/** Tasks of which both say that something is wrong. */
const wrong: readonly unknown[] = [
  'a',
  null,
  { title: 'A' },
  { id: '', title: 'A' },
  { id: ' \t', title: 'A' },
  { id: null, title: 'A' },
  { id: true, title: 'A' },
  { id: 'a', title: 7 },
  { id: 'a', title: 'A', description: [] },
  { id: 'a', title: 'A', metadata: { subagent_type: ' ' } },
  { id: 'a', title: 'A', metadata: { applicable_skills: 'pdf' } },
  ...[5, -1, 1.5, 'urgent', '1'].map((priority) => ({ id: 'a', title: 'A', priority })),
];

describe('the schema of JSON plans', () => {
  const accepts = schemaOf('tasks.schema.json');
  const source = asSourceId('tasks.json');
  const problems = (value: unknown) => readJson(JSON.stringify(value), source).problems;

  it('describes exactly the keys that are read', () => {
    const read = z.toJSONSchema(jsonTaskSchema, { io: 'input', unrepresentable: 'any' });
    const { properties } = z.object({ properties: z.record(z.string(), z.unknown()) }).parse(read);
    assert.deepEqual(published('tasks.schema.json'), Object.keys(properties).sort());
  });

  for (const task of [
    ...right,
    { id: 'a', run: 'make' },
    { id: 'a', title: 'A', files: ['x.ts'], context_files: ['y.md'], dependencies: ['b', 7, ''] },
    { id: 'a', title: 'A', acceptance_criteria: 'Green.' },
    { id: 'a', title: 'A', acceptance_criteria: ['Green.', 'Fast.'] },
    { id: 'a', title: 'A', subagent_type: 'x', fallback_agents: [], applicable_skills: null },
  ]) {
    it(`accepts, as the reader does, ${JSON.stringify(task)}`, () => {
      for (const plan of [[task], { version: 1, tasks: [task] }]) {
        assert.deepEqual(problems(plan), []);
        assert.ok(accepts(plan));
      }
    });
  }

  for (const task of [
    ...wrong,
    { id: 'a' },
    { id: 'a', title: ' ', description: '', run: null },
    { id: 'a', run: ' ' },
    { id: 'a', title: 'A', files: 'x.ts' },
    { id: 'a', title: 'A', files: [' '] },
    { id: 'a', title: 'A', dependencies: 'b' },
    { id: 'a', title: 'A', dependencies: [null] },
    { id: 'a', title: 'A', fallback_agents: [7] },
  ]) {
    it(`refuses, as the reader does, ${JSON.stringify(task)}`, () => {
      const plan = [{ id: 'first', title: 'First' }, task];
      assert.deepEqual(
        problems(plan).map(({ code }) => code),
        ['invalid-task'],
      );
      assert.ok(!accepts(plan));
    });
  }

  it('refuses what is no list of tasks', () => {
    for (const value of [{}, { tasks: {} }, 7, 'x', [7], [{ title: 'A' }]]) {
      assert.equal(problems(value)[0]?.code, 'not-a-task-file');
      assert.ok(!accepts(value), JSON.stringify(value));
    }
    assert.ok(accepts([]) && accepts({ tasks: [] }));
  });

  it('says nothing about the lists of other tools', () => {
    for (const value of [
      { version: '2.0.0', tasks: [{ label: 'build', type: 'shell' }] },
      [{ label: 'test', command: 'make' }],
    ]) {
      assert.equal(problems(value)[0]?.code, 'not-a-task-file');
      assert.ok(accepts(value));
    }
  });
});

describe('the schema of Task Master’s plans', () => {
  const accepts = schemaOf('taskmaster.schema.json');
  const path = asSourceId('.taskmaster/tasks/tasks.json');
  const problems = (value: unknown) => {
    const reading = readTaskMaster(JSON.stringify(value), path, null);
    return assemblePlan([{ file: path, format: 'Task Master', hash: '', ...reading }]).problems;
  };
  const plans = (task: unknown) => [
    { master: { tasks: [task], metadata: {} } },
    { tasks: [task] },
    { master: { tasks: [{ id: 'parent', title: 'Parent', subtasks: [task] }] } },
  ];

  it('describes exactly the keys that are read', () => {
    assert.deepEqual(published('taskmaster.schema.json'), [
      ...[...Object.keys(writtenTaskSchema.shape), 'subtasks'].sort(),
    ]);
  });

  for (const task of [
    ...right,
    { id: 1 },
    { id: 1, title: '', details: 'x', testStrategy: null, acceptanceCriteria: 'y' },
    { id: 1, title: 'A', relevantFiles: ['a.ts', { path: 'b.ts', action: 'create' }] },
    { id: 1, title: 'A', subtasks: [] },
    { id: 1, title: 'A', subtasks: null },
  ]) {
    it(`accepts, as the reader does, ${JSON.stringify(task)}`, () => {
      for (const plan of plans(task)) {
        assert.deepEqual(problems(plan), []);
        assert.ok(accepts(plan), JSON.stringify(plan));
      }
    });
  }

  for (const task of [
    ...wrong,
    { id: 1, title: 'A', details: 7 },
    { id: 1, title: 'A', testStrategy: {} },
    { id: 1, title: 'A', relevantFiles: [{ file: 'a.ts' }] },
    { id: 1, title: 'A', relevantFiles: 'a.ts' },
    { id: 1, title: 'A', metadata: [] },
    { id: 1, title: 'A', status: 7 },
    { id: 1, title: 'A', dependencies: [null] },
    { id: 1, title: 'A', dependencies: 'x' },
  ]) {
    it(`refuses what the reader has a word to say about, ${JSON.stringify(task)}`, () => {
      for (const plan of plans(task)) {
        assert.ok(problems(plan).length > 0, JSON.stringify(plan));
        assert.ok(!accepts(plan), JSON.stringify(plan));
      }
    });
  }
});
