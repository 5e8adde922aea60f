import { describePreview } from '../../engine/preview/describe-preview.ts';
import { previewPrompt } from '../../engine/preview/preview-prompt.ts';
import { visible } from '../../runner/terminal/visible.ts';
import { type Answer, refusal } from '../output/answer.ts';
import { EXIT } from '../output/exit-codes.ts';
import type { CliWorkspace } from '../run/cli-workspace.ts';
import { chooseGroup } from '../run/groups.ts';
import { chooseTask } from '../run/tasks.ts';
import { withWorkspace } from '../run/with-workspace.ts';

export interface PromptOptions {
  /** Absolute. */
  readonly workspaceRoot: string;
  /** A key or short id. */
  readonly task: string;
  /** A key or short id; `undefined`: any group. */
  readonly group: string | undefined;
  readonly tasksFile: string | undefined;
}

/** `prompt --task T [--group-id G]`: shows the prompt and the launch of a task's agent, without launching it. */
export function prompt(options: PromptOptions): Promise<Answer> {
  return withWorkspace(options.workspaceRoot, options.tasksFile, (opened) =>
    promptIn(options, opened),
  );
}

async function promptIn(
  { task, group }: PromptOptions,
  { workspace }: CliWorkspace,
): Promise<Answer> {
  const within =
    group === undefined
      ? null
      : chooseGroup(group, workspace.plans.current().groups, workspace.root);
  if (within?.ok === false) {
    return within.failure;
  }
  const chosen = chooseTask(task, workspace, within?.value.key);
  if (!chosen.ok) {
    return chosen.failure;
  }
  const preview = await previewPrompt(workspace, chosen.value.key);
  if (!preview.ok) {
    return refusal('nothing', preview.failure);
  }
  return {
    exitCode: EXIT.completed,
    json: { version: 1, ...preview.value },
    // Text of a plan must not control the terminal; --json has every character unchanged.
    text: describePreview(preview.value).trimEnd().split('\n').map(visible).join('\n'),
    to: 'stdout',
  };
}
