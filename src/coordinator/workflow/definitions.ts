import type { Config, Stage, SubagentType, WorkflowDefinition } from '../schema/config.ts';

/** The stage that a workflow returns to. */
export const DEVELOPMENT = 'development';

/** Kinds of work of the built-in stages, in order. */
export const STAGE_TYPES: Readonly<Record<string, readonly SubagentType[]>> = {
  [DEVELOPMENT]: ['coding', 'review', 'test_data', 'test'],
  devops: ['devops', 'deploying'],
  monitoring: ['monitor'],
};

const MAX_FEEDBACK_LOOPS = 3;

/** A workflow with its name. */
export interface NamedWorkflow {
  readonly name: string;
  readonly definition: WorkflowDefinition;
  readonly builtIn: boolean;
}

/** Built-in workflows: all three stages as `default`, and each stage alone. */
const BUILT_IN: ReadonlyMap<string, WorkflowDefinition> = new Map([
  ['default', workflow(Object.keys(STAGE_TYPES))],
  ...Object.keys(STAGE_TYPES).map((stage) => [stage, workflow([stage])] as const),
]);

/** All workflows of a workspace: the built-in ones, then its own, which replace built-in ones of the same name. */
export function workflowsOf({ workflows }: Pick<Config, 'workflows'>): readonly NamedWorkflow[] {
  const builtIn = [...BUILT_IN].filter(([name]) => !Object.hasOwn(workflows, name));
  return [
    ...builtIn.map(([name, definition]) => ({ name, definition, builtIn: true })),
    ...Object.entries(workflows).map(([name, definition]) => ({
      name,
      definition,
      builtIn: false,
    })),
  ];
}

function workflow(ids: readonly string[]): WorkflowDefinition {
  return { stages: ids.map(stage), maxFeedbackLoops: MAX_FEEDBACK_LOOPS };
}

function stage(id: string): Stage {
  return { id, types: [...(STAGE_TYPES[id] ?? [])] };
}
