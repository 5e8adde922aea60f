import type { SubagentType, WorkflowDefinition } from '../../../src/coordinator/schema/config.ts';
import { FORMAT } from '../../../src/coordinator/schema/format.ts';
import { decide } from '../../../src/coordinator/workflow/decide.ts';
import {
  type StageTask,
  type TaskResult,
  type WorkflowEvent,
  type WorkflowEventBody,
  workflowEventSchema,
} from '../../../src/coordinator/workflow/events.ts';
import { beginWorkflow, evolveWorkflow } from '../../../src/coordinator/workflow/evolve.ts';
import { countStage } from '../../../src/coordinator/workflow/judge-stage.ts';
import { tasksOfStages } from '../../../src/coordinator/workflow/stage-tasks.ts';
import type { StagePassage, WorkflowState } from '../../../src/coordinator/workflow/state.ts';
import { asGroupKey, asRunId, asTaskKey } from '../../../src/shared/ids.ts';

/** The outcome of a task in a passage. `refused`: no agent is available for it. */
export type TaskOutcome = TaskResult['status'] | 'refused';

/** Answers of the world to a stage that is executed. */
export interface World {
  readonly outcome?: (id: string, passage: StagePassage) => TaskOutcome;
  readonly suite?: (passage: StagePassage) => 'passed' | 'failed' | 'none';
  readonly findings?: (passage: StagePassage) => readonly string[];
  /** Called when a stage has begun. */
  readonly cancelled?: (passage: StagePassage) => boolean;
}

/** Makes a task from its id, of one kind of work. */
export function stageTask(id: string, type: SubagentType): StageTask {
  const key = asTaskKey(`tasks.md#${id}`);
  return { key, id, title: `Do ${id}`, group: asGroupKey('tasks.md#g'), subagent: type, type };
}

/** A played workflow: its final state and its journal. */
export interface Played {
  readonly state: WorkflowState;
  readonly events: readonly WorkflowEvent[];
}

/** Runs a workflow in memory, passing every event through its schema as on disk. Fails if the workflow does not end. */
export function playWorkflow(
  definition: WorkflowDefinition,
  tasks: readonly StageTask[],
  world: World = {},
): Played {
  const events: WorkflowEvent[] = [];
  const write = (event: WorkflowEventBody): WorkflowEvent => {
    const seq = events.length + 1;
    const line = JSON.stringify({ v: FORMAT, seq, epoch: 1, at: seq, event });
    const read = workflowEventSchema.parse(JSON.parse(line));
    events.push(read);
    return read;
  };
  const id = asRunId('w1');
  const first = { type: 'workflow.started', workflow: 'w', id, definition } as const;
  const state = beginWorkflow(write({ ...first, tasks: tasksOfStages(definition, tasks) }));
  if (state === null) {
    throw new Error('It did not begin.');
  }
  const apply = (event: WorkflowEventBody): void => {
    evolveWorkflow(state, write(event));
  };
  for (let action = decide(state); action !== null; action = decide(state)) {
    apply(action);
    if (action.type === 'stage.entered') {
      answers(state, world).forEach(apply);
    }
    if (events.length > 10_000) {
      throw new Error('It does not end.');
    }
  }
  return { state, events };
}

function answers(state: WorkflowState, world: World): WorkflowEventBody[] {
  const passage = state.history.at(-1);
  if (passage === undefined) {
    return [];
  }
  const { stage, loop } = passage;
  const outcomes = passage.tasks.map((task) => {
    const id = task.slice(task.indexOf('#') + 1);
    return { task, outcome: world.outcome?.(id, passage) ?? 'completed' };
  });
  const results = outcomes.flatMap(({ task, outcome }) =>
    outcome === 'refused' ? [] : [{ task, status: outcome, message: outcome, run: asRunId('r1') }],
  );
  const refused = outcomes.filter(({ outcome }) => outcome === 'refused');
  return [
    ...(world.cancelled?.(passage) === true
      ? [{ type: 'workflow.cancelled' as const, by: 'test' }]
      : []),
    ...refused.map(({ task }) => ({
      type: 'dispatch.failed' as const,
      stage,
      loop,
      task,
      code: 'NO_AVAILABLE_AGENT' as const,
      message: 'Nobody is there.',
    })),
    {
      type: 'run.recorded',
      stage,
      loop,
      results,
      run: asRunId('r1'),
      group: asGroupKey('tasks.md#g'),
      findings: [...(world.findings?.(passage) ?? [])],
      suite: { status: world.suite?.(passage) ?? 'none', message: 'The suite spoke.' },
    },
    {
      type: 'stage.ended',
      stage,
      loop,
      results: [],
      counts: countStage(state, stage, [
        ...results,
        ...refused.map(({ task }) => ({ task, status: 'failed' as const, message: '', run: null })),
      ]),
    },
  ];
}
