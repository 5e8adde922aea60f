import { setTimeout as delay } from 'node:timers/promises';
import type { TaskState } from '../../coordinator/run/state/state.ts';
import type { Workspace } from '../../engine/workspace/workspace.ts';
import type { GroupKey } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import { type Answer, refusal } from '../output/answer.ts';
import { EXIT } from '../output/exit-codes.ts';
import { endAnswer } from '../run/end-answer.ts';
import { allGroups, chooseGroup } from '../run/groups.ts';
import { chooseTask } from '../run/tasks.ts';
import { type RunEnd, waitForEnd } from '../run/wait-for-end.ts';
import { withWorkspace } from '../run/with-workspace.ts';

/** How often the state of a task is checked, ms. */
const POLL_MS = 100;

/**
 * `cancel --group-id G`: asks the coordinator of the group's run to stop it, or takes over the run of a dead coordinator,
 * and waits for the end of the run. With `task`, it stops only that task.
 */
export function cancel(workspaceRoot: string, wanted: string, task?: string): Promise<Answer> {
  return withWorkspace(workspaceRoot, undefined, async ({ workspace }) => {
    const groups = await allGroups(workspaceRoot, workspace.plans.current());
    const chosen = chooseGroup(wanted, groups, workspaceRoot);
    if (!chosen.ok) {
      return chosen.failure;
    }
    const { key, id } = chosen.value;
    const newest = workspace.runs.newestOf(key);
    if (newest?.state.ended !== null) {
      return refusal('nothing', t('There is nothing to cancel: no run of {0} is under way.', id));
    }
    if (task !== undefined) {
      return cancelTask(workspace, key, task);
    }
    const problem = await workspace.control.stop(key);
    if (problem !== null) {
      return refusal('held', problem);
    }
    const end = await untilOver(workspace, key);
    if (end === null) {
      return refusal('nothing', t('{0} has no run any more.', id));
    }
    const answer = endAnswer(workspaceRoot, end);
    return end.kind === 'ended' ? { ...answer, exitCode: EXIT.completed } : answer;
  });
}

async function cancelTask(workspace: Workspace, group: GroupKey, task: string): Promise<Answer> {
  const chosen = chooseTask(task, workspace, group);
  if (!chosen.ok) {
    return chosen.failure;
  }
  const { key, id } = chosen.value;
  const state = (): TaskState | undefined =>
    workspace.runs.newestOf(group)?.state.tasks.get(key)?.state;
  if (!isOpen(state())) {
    return refusal('nothing', t('There is nothing to cancel: {0} does not run, nor will it.', id));
  }
  const problem = await workspace.control.stop(group, key);
  if (problem !== null) {
    return refusal('held', problem);
  }
  while (isOpen(state())) {
    await delay(POLL_MS);
  }
  const status = state()?.kind ?? 'gone';
  return {
    exitCode: EXIT.completed,
    json: { version: 1, task: key, status, exit_code: EXIT.completed },
    text: status === 'cancelled' ? t('{0} was stopped.', id) : t('{0} is {1}.', id, status),
    to: 'stdout',
  };
}

/** Whether a task runs or may still run. */
function isOpen(state: TaskState | undefined): boolean {
  return state !== undefined && OPEN.includes(state.kind);
}

const OPEN: readonly TaskState['kind'][] = ['waiting', 'ready', 'held', 'running', 'verifying'];

/** Waits for the end of the run. If its holder dies before it stops the run, takes the run over. */
async function untilOver(workspace: Workspace, key: GroupKey): Promise<RunEnd | null> {
  await workspace.runs.active(key)?.over;
  const end = await waitForEnd(workspace, key, { timeoutMs: null, changingHands: true });
  if (end?.kind !== 'abandoned' || (await workspace.control.stop(key)) !== null) {
    return end;
  }
  await workspace.runs.active(key)?.over;
  return waitForEnd(workspace, key, { timeoutMs: null, changingHands: false });
}
