import type { Command } from 'commander';
import { t } from '../../shared/messages.ts';
import type { Answer } from '../output/answer.ts';
import type { parseOptions } from './options.ts';

type Options = ReturnType<typeof parseOptions>;

/** Adds the argument and the options that only `workflow` has. */
export function workflowOptions(command: Command): void {
  command
    .argument(
      '[name]',
      t('the workflow: default, development, devops, monitoring, or one of your own'),
    )
    .option('--list', t('show the workflows and what their stages would run'))
    .option('--resume', t('go on with it where it was interrupted'));
}

/** Runs `workflow` with these options. Without a name, only `--list` is possible. */
export async function answerWorkflow(
  command: Command,
  workspaceRoot: string,
  { list, resume, maxConcurrent, conflicts, yes }: Options,
): Promise<Answer> {
  const [name] = command.args;
  if (list) {
    const { listWorkflows } = await import('../commands/list-workflows.ts');
    const { withWorkspace } = await import('../run/with-workspace.ts');
    return withWorkspace(workspaceRoot, undefined, (opened) =>
      Promise.resolve(listWorkflows(opened)),
    );
  }
  if (name === undefined) {
    command.error(t('error: name a workflow, or ask for the --list'));
  }
  const { workflow } = await import('../commands/execute/workflow.ts');
  const overrides = { maxConcurrent, conflicts };
  return workflow({ workspaceRoot, name, resume, overrides, yes });
}
