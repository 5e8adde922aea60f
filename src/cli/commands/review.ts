import { t } from '../../shared/messages.ts';
import { type Answer, refusal } from '../output/answer.ts';
import { EXIT } from '../output/exit-codes.ts';
import { chooseTask } from '../run/tasks.ts';
import { withWorkspace } from '../run/with-workspace.ts';

export interface ReviewOptions {
  /** Absolute. */
  readonly workspaceRoot: string;
  /** A key or short id. */
  readonly task: string;
  readonly proven: boolean;
}

/** `review --task T`: applies a person's judgement to an interactive task that waits for it. */
export function review({ workspaceRoot, task, proven }: ReviewOptions): Promise<Answer> {
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
    const text = proven
      ? t('{0} is proven, as you say.', id)
      : t('{0} is not proven, as you say.', id);
    return { exitCode: EXIT.completed, json, text, to: 'stdout' };
  });
}
