import { workflowOutlooks } from '../../engine/workflow/run-workflow.ts';
import { plural } from '../../shared/words/durations.ts';
import type { Answer } from '../output/answer.ts';
import { EXIT } from '../output/exit-codes.ts';
import type { CliWorkspace } from '../run/cli-workspace.ts';

/** `workflow --list`: lists the workflows with their stages, and the number of tasks that each would run. */
export function listWorkflows({ workspace }: CliWorkspace): Answer {
  const outlooks = workflowOutlooks(workspace);
  const stagesOf = ({ definition, tasks }: (typeof outlooks)[number]) =>
    definition.stages.map(({ id, types, gate }, place) => ({
      id,
      types,
      tasks: tasks[place]?.length ?? 0,
      gate: gate?.requiredSuccessRate ?? null,
    }));
  return {
    exitCode: EXIT.completed,
    json: {
      version: 1,
      workflows: outlooks.map((outlook) => ({
        name: outlook.name,
        built_in: outlook.builtIn,
        max_feedback_loops: outlook.definition.maxFeedbackLoops,
        stages: stagesOf(outlook),
      })),
    },
    text: outlooks
      .map((outlook) => {
        const stages = stagesOf(outlook).map(({ id, tasks }) => `${id} (${plural(tasks, 'task')})`);
        return `${outlook.name}: ${stages.join(' → ')}`;
      })
      .join('\n'),
    to: 'stdout',
  };
}
