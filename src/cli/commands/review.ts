import { t } from '../../shared/messages.ts';
import { type Answer, refusal } from '../output/answer.ts';
import { EXIT } from '../output/exit-codes.ts';
import { chooseTask } from '../run/tasks.ts';
import { withWorkspace } from '../run/with-workspace.ts';

export interface ProveOptions {
  /** Absolute. */
  readonly workspaceRoot: string;
  /** A key or short id. */
  readonly task: string;
  readonly proven: boolean;
}

/** `prove --task T`: a person's word on a task that they worked on with its agent, and that waits for it. */
export function prove({ workspaceRoot, task, proven }: ProveOptions): Promise<Answer> {
  return withWorkspace(workspaceRoot, undefined, async ({ workspace }) => {
    const chosen = chooseTask(task, workspace);
    if (!chosen.ok) {
      return chosen.failure;
    }
    const { key, id } = chosen.value;
    const group = workspace.groups().find(({ tasks }) => tasks.some((each) => each.key === key));
    const by = 'a person on the command line';
    const problem =
      group === undefined
        ? t('It is in no group.')
        : await workspace.control.judge(group.key, key, { proven, by });
    if (problem !== null) {
      return refusal('not_asked', `${id}: ${problem}`);
    }
    const json = { version: 1, task: key, proven, exit_code: EXIT.completed };
    const text = t('{0} is {1}, as you say.', id, proven ? 'proven' : 'not proven');
    return { exitCode: EXIT.completed, json, text, to: 'stdout' };
  });
}
