import { strict as assert } from 'node:assert';
import type { SubagentType } from '../../../../src/coordinator/schema/config.ts';
import { STAGE_TYPES, workflowsOf } from '../../../../src/coordinator/workflow/definitions.ts';
import { belongsTo, tasksOfStages } from '../../../../src/coordinator/workflow/stage-tasks.ts';
import { stageTask } from '../../../support/coordinator/play-workflow.ts';

const TYPES = ['coding', 'review', 'test_data', 'test', 'devops', 'deploying', 'monitor'] as const;

describe('the stages of a workflow', () => {
  const mapping: readonly (readonly [stage: string, types: readonly SubagentType[]])[] = [
    ['development', ['coding', 'review', 'test_data', 'test']],
    ['devops', ['devops', 'deploying']],
    ['monitoring', ['monitor']],
  ];
  for (const [stage, types] of mapping) {
    it(`stage mapping: ${stage} takes ${types.join(', ')} and nothing else`, () => {
      const taken = TYPES.filter((type) =>
        belongsTo({ types: [...(STAGE_TYPES[stage] ?? [])] }, type),
      );
      assert.deepEqual(taken, types);
    });
  }

  const all = workflowsOf({ workflows: {} }).find(({ name }) => name === 'default')?.definition;
  const filtering: readonly (readonly [
    title: string,
    types: readonly SubagentType[],
    stages: readonly (readonly string[])[],
  ])[] = [
    ['coding work goes to development', ['coding'], [['t0'], [], []]],
    ['devops work goes to devops', ['devops'], [[], ['t0'], []]],
    ['no tasks make stages without tasks', [], [[], [], []]],
    [
      'each task is of its one stage, in the order of the plan',
      ['monitor', 'test', 'deploying', 'coding'],
      [['t1', 't3'], ['t2'], ['t0']],
    ],
  ];
  for (const [title, types, stages] of filtering) {
    it(`stage filtering: ${title}`, () => {
      assert.ok(all !== undefined);
      const tasks = types.map((type, place) => stageTask(`t${place}`, type));
      const lists = tasksOfStages(all, tasks).map((list) => list.map(({ id }) => id));
      assert.deepEqual(lists, stages);
    });
  }

  it('stage filtering: work that no stage takes is of none, and of two stages the first takes it', () => {
    const stages = [
      { id: 'a', types: ['test'] },
      { id: 'b', types: ['test', 'review'] },
    ] satisfies { id: string; types: SubagentType[] }[];
    const tasks = [stageTask('t', 'test'), stageTask('r', 'review'), stageTask('c', 'coding')];
    const lists = tasksOfStages({ stages }, tasks).map((list) => list.map(({ id }) => id));
    assert.deepEqual(lists, [['t'], ['r']]);
  });
});

describe('the workflows of a workspace', () => {
  it('are all three stages as default, and each stage alone', () => {
    const known = workflowsOf({ workflows: {} }).map(({ name, definition }) => [
      name,
      definition.stages.map(({ id }) => id),
      definition.maxFeedbackLoops,
    ]);
    assert.deepEqual(known, [
      ['default', ['development', 'devops', 'monitoring'], 3],
      ['development', ['development'], 3],
      ['devops', ['devops'], 3],
      ['monitoring', ['monitoring'], 3],
    ]);
  });

  it('are its own as well; one of its own replaces a built-in one of its name', () => {
    const definition = { stages: [], maxFeedbackLoops: 1 };
    const known = workflowsOf({ workflows: { default: definition, release: definition } });
    assert.deepEqual(
      known.map(({ name, builtIn }) => `${name} ${String(builtIn)}`),
      ['development true', 'devops true', 'monitoring true', 'default false', 'release false'],
    );
  });
});
