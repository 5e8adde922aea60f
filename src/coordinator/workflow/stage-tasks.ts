import type { Stage, SubagentType, WorkflowDefinition } from '../schema/config.ts';

/** Whether a kind of work belongs to a stage. */
export function belongsTo({ types }: Pick<Stage, 'types'>, type: SubagentType): boolean {
  return types.includes(type);
}

/**
 * The tasks of every stage, one list for each stage of the definition. A task belongs to the first stage that includes
 * its kind of work; others belong to none.
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
