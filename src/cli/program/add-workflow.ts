import type { Command } from 'commander';
import type { Answer } from '../output/answer.ts';
import type { parseOptions } from './options.ts';

type Options = ReturnType<typeof parseOptions>;

/** Adds the argument and the options of `workflow`, all but those that every command has. */
export function workflowOptions(command: Command): void {
  command
    .argument(
      '[name]',
      'the workflow: default, development, devops, monitoring, or one of your own',
    )
    .option('--list', 'show the workflows and what their stages would run')
    .option('--resume', 'go on with it where it was interrupted');
}

/** `workflow` with these options; without a name only the list can be asked for. */
export async function answerWorkflow(
  command: Command,
  workspaceRoot: string,
  { list, resume, maxConcurrent, conflicts, yes }: Options,
): Promise<Answer> {
  const [name] = command.args;
  if (list) {
    const { listWorkflows } = await import('../commands/list-workflows.ts');
    const { withWorkspace: withSession } = await import('../run/with-workspace.ts');
    return withSession(workspaceRoot, undefined, (session) =>
      Promise.resolve(listWorkflows(session)),
    );
  }
  if (name === undefined) {
    command.error('error: name a workflow, or ask for the --list');
  }
  const { workflow } = await import('../commands/execute/workflow.ts');
  const overrides = { maxConcurrent, conflicts };
  return workflow({ workspaceRoot, name, resume, overrides, yes });
}
