import { addAgent, removeAgent } from '../../engine/agent-health/register-agent.ts';
import type { WorkspaceAgents } from '../../engine/agent-health/workspace-agents.ts';
import type { RejectedFailure } from '../../shared/failure.ts';
import { t } from '../../shared/messages.ts';
import type { AgentsView } from '../../shared/view-models/agent-views.ts';
import { type Answer, refusal } from '../output/answer.ts';
import { EXIT } from '../output/exit-codes.ts';
import { describeAgents, listedAgent } from '../output/listed-agents.ts';
import { withWorkspace } from '../run/with-workspace.ts';

/** `agents`: everyone who can carry tasks out, and why some cannot just now. */
export function agents(workspaceRoot: string): Promise<Answer> {
  return withWorkspace(workspaceRoot, undefined, async ({ workspace }) =>
    answerWith(await workspace.agents.view()),
  );
}

function answerWith(view: AgentsView): Answer {
  const { subagents, problems, notices } = view;
  return {
    exitCode: EXIT.completed,
    json: { version: 1, agents: view.agents.map(listedAgent), subagents, problems, notices },
    text: describeAgents(view, Date.now()),
    to: 'stdout',
  };
}

/**
 * `agents register NAME -- command…`: adds a custom agent to `parallel-groups.json`; without a command, one that was taken
 * out may take tasks again.
 */
export async function registerAgent(
  workspaceRoot: string,
  name: string,
  command: readonly string[],
): Promise<Answer> {
  if (command.length === 0) {
    return onDesk(
      workspaceRoot,
      name,
      (desk) => desk.registerAgain(name),
      t('is registered again.'),
    );
  }
  const added = await addAgent(workspaceRoot, name, command);
  return added.ok
    ? done(t('{0} is registered in parallel-groups.json.', name), { agent: name, registered: true })
    : refused(added.failure);
}

/** `agents unregister NAME`: stops what it runs; nothing is given to it any more. */
export async function unregisterAgent(workspaceRoot: string, name: string): Promise<Answer> {
  const stopped = await onDesk(
    workspaceRoot,
    name,
    (desk) => desk.unregister(name),
    t('is unregistered.'),
  );
  if (stopped.exitCode !== EXIT.completed) {
    return stopped;
  }
  const removed = await removeAgent(workspaceRoot, name);
  if (!removed.ok) {
    return refused(removed.failure);
  }
  // It is not defined any more, so there is nothing to remember of it.
  return removed.value
    ? onDesk(workspaceRoot, name, (desk) => desk.forget(name), t('is unregistered.'))
    : stopped;
}

/** `agents check NAME`: forgets that it was not signed in, and looks for its program again. */
export function checkAgent(workspaceRoot: string, name: string): Promise<Answer> {
  return onDesk(workspaceRoot, name, (desk) => desk.checkAgain(name), t('is looked for again.'));
}

/** `agents reset NAME`: lets an agent be tried at once that failed too often in a row. */
export function resetAgent(workspaceRoot: string, name: string): Promise<Answer> {
  return onDesk(workspaceRoot, name, (desk) => desk.resetBreaker(name), t('may be tried at once.'));
}

function onDesk(
  workspaceRoot: string,
  name: string,
  act: (desk: WorkspaceAgents) => Promise<string | null>,
  words: string,
): Promise<Answer> {
  return withWorkspace(workspaceRoot, undefined, async ({ workspace }) => {
    const problem = await act(workspace.agents);
    return problem === null
      ? done(`${name} ${words}`, { agent: name })
      : refusal('NO_AGENT_TYPE', problem);
  });
}

function done(text: string, json: object): Answer {
  return { exitCode: EXIT.completed, json: { version: 1, ...json }, text, to: 'stdout' };
}

function refused({ code, message, remedy }: RejectedFailure): Answer {
  return refusal(code, remedy === undefined ? message : `${message} ${remedy}`);
}
