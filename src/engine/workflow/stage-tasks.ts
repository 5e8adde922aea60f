import { typeOfSubagent } from '../../coordinator/agents/subagent-types.ts';
import { subagentChooser } from '../../coordinator/plan/subagents.ts';
import { launchable } from '../../coordinator/projections/group/project-group.ts';
import type { Config, WorkflowDefinition } from '../../coordinator/schema/config.ts';
import type { Plan } from '../../coordinator/schema/task.ts';
import type { StageTask } from '../../coordinator/workflow/events.ts';
import { tasksOfStages } from '../../coordinator/workflow/stage-tasks.ts';

/** Returns the launchable tasks of the plans that each stage of a workflow would run now, in the plan's order. */
export function stageTasks(
  definition: WorkflowDefinition,
  plan: Plan,
  config: Pick<Config, 'subagents'>,
): StageTask[][] {
  const choose = subagentChooser(config.subagents);
  const tasks = plan.groups.flatMap((group) =>
    launchable(group).map((task): StageTask => {
      const { subagent } = choose(task);
      const type = typeOfSubagent(config, subagent);
      return { key: task.key, id: task.id, title: task.title, group: group.key, subagent, type };
    }),
  );
  return tasksOfStages(definition, tasks);
}
