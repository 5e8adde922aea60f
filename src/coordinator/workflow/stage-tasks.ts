import type { Stage, SubagentType, WorkflowDefinition } from '../schema/config.ts';

/** Whether work of a kind belongs to a stage. */
export function belongsTo({ types }: Pick<Stage, 'types'>, type: SubagentType): boolean {
  return types.includes(type);
}

/**
 * The tasks of every stage, one list for each stage of the definition. A task is of the first stage that takes its kind
 * of work, and of no other; one that no stage takes is of none.
 */
export function tasksOfStages<Typed extends { readonly type: SubagentType }>(
  { stages }: Pick<WorkflowDefinition, 'stages'>,
  tasks: readonly Typed[],
): Typed[][] {
  const lists: Typed[][] = stages.map(() => []);
  for (const task of tasks) {
    lists[stages.findIndex((stage) => belongsTo(stage, task.type))]?.push(task);
  }
  return lists;
}
