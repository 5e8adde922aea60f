import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Workspace } from '../../engine/workspace/workspace.ts';
import type { TaskKey } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import type { TaskView } from '../../shared/view-models/group-views.ts';
import { type Answer, refusal } from '../output/answer.ts';
import { EXIT } from '../output/exit-codes.ts';
import { chooseTask } from '../run/tasks.ts';
import { withWorkspace } from '../run/with-workspace.ts';

export interface NudgeOptions {
  /** Absolute. */
  readonly workspaceRoot: string;
  /** A key or short id. */
  readonly task: string;
  readonly message: string;
}

/** How long to wait until the agent's runner passes the message on, ms. */
const PATIENCE_MS = 5_000;
const POLL_MS = 50;

/** `nudge --task T --message M`: sends a message to the agent of a task, during or after its work. */
export function nudge({ workspaceRoot, task, message }: NudgeOptions): Promise<Answer> {
  return withWorkspace(workspaceRoot, undefined, async ({ workspace }) => {
    const chosen = chooseTask(task, workspace);
    return chosen.ok ? nudgeIn(workspace, chosen.value, message) : chosen.failure;
  });
}

async function nudgeIn(
  workspace: Workspace,
  { key, id, agent }: Pick<TaskView, 'key' | 'id' | 'agent'>,
  message: string,
): Promise<Answer> {
  const nudged = await workspace.nudge(key, message);
  if (!nudged.ok) {
    return refusal('not_nudged', `${id}: ${nudged.failure}`);
  }
  if (nudged.value.kind === 'taken_up') {
    return answer(key, 'taken_up', t('{0} goes on in its session.', id));
  }
  const delivered = await isGone(nudged.value.file);
  const who = agent ?? t('Its agent');
  return delivered
    ? answer(key, 'told', t('{0} was told, for {1}.', who, id))
    : answer(key, 'left', t('The message is left for {0}; its runner has not taken it yet.', id));
}

function answer(task: TaskKey, how: 'told' | 'left' | 'taken_up', text: string): Answer {
  const json = { version: 1, task, nudged: how, exit_code: EXIT.completed };
  return { exitCode: EXIT.completed, json, text, to: 'stdout' };
}

async function isGone(file: string): Promise<boolean> {
  for (let waited = 0; waited < PATIENCE_MS; waited += POLL_MS) {
    if (!existsSync(file)) {
      return true;
    }
    await delay(POLL_MS);
  }
  return !existsSync(file);
}
