import { addAgent, removeAgent } from '../../engine/agent-health/register-agent.ts';
import type { WorkspaceAgents } from '../../engine/agent-health/workspace-agents.ts';
import type { RejectedFailure } from '../../shared/failure.ts';
import { t } from '../../shared/messages.ts';
import type { AgentsView } from '../../shared/view-models/agent-views.ts';
import { type Answer, refusal } from '../output/answer.ts';
import { EXIT } from '../output/exit-codes.ts';
import { describeAgents, listedAgent } from '../output/listed-agents.ts';
import { withWorkspace } from '../run/with-workspace.ts';

/** `agents`: lists agents and subagents, and why some are unavailable. */
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
 * `agents register NAME -- command…`: adds a custom agent to `parallel-groups.json`. Without a command, registers an
 * unregistered agent again.
 */
export async function registerAgent(
  workspaceRoot: string,
  name: string,
  command: readonly string[],
): Promise<Answer> {
  if (command.length === 0) {
    return changeAgent(
      workspaceRoot,
      name,
      (registry) => registry.registerAgain(name),
      t('{0} is registered again.', name),
    );
  }
  const added = await addAgent(workspaceRoot, name, command);
  return added.ok
    ? done(t('{0} is registered in parallel-groups.json.', name), { agent: name, registered: true })
    : refused(added.failure);
}

/** `agents unregister NAME`: stops the agent's attempts, and gives it no more tasks. */
export async function unregisterAgent(workspaceRoot: string, name: string): Promise<Answer> {
  const stopped = await changeAgent(
    workspaceRoot,
    name,
    (registry) => registry.unregister(name),
    t('{0} is unregistered.', name),
  );
  if (stopped.exitCode !== EXIT.completed) {
    return stopped;
  }
  const removed = await removeAgent(workspaceRoot, name);
  if (!removed.ok) {
    return refused(removed.failure);
  }
  // The agent is no longer defined, so its stored health is removed too.
  return removed.value
    ? changeAgent(
        workspaceRoot,
        name,
        (registry) => registry.forget(name),
        t('{0} is unregistered.', name),
      )
    : stopped;
}

/** `agents check NAME`: discards a failed sign-in, and searches for the agent's program again. */
export function checkAgent(workspaceRoot: string, name: string): Promise<Answer> {
  return changeAgent(
    workspaceRoot,
    name,
    (registry) => registry.checkAgain(name),
    t('{0} is looked for again.', name),
  );
}

/** `agents reset NAME`: closes the circuit breaker of an agent that failed too often in a row. */
export function resetAgent(workspaceRoot: string, name: string): Promise<Answer> {
  return changeAgent(
    workspaceRoot,
    name,
    (registry) => registry.resetBreaker(name),
    t('{0} may be tried at once.', name),
  );
}

function changeAgent(
  workspaceRoot: string,
  name: string,
  change: (registry: WorkspaceAgents) => Promise<string | null>,
  text: string,
): Promise<Answer> {
  return withWorkspace(workspaceRoot, undefined, async ({ workspace }) => {
    const problem = await change(workspace.agents);
    return problem === null ? done(text, { agent: name }) : refusal('NO_AGENT_TYPE', problem);
  });
}

function done(text: string, json: object): Answer {
  return { exitCode: EXIT.completed, json: { version: 1, ...json }, text, to: 'stdout' };
}

function refused({ code, message, remedy }: RejectedFailure): Answer {
  return refusal(code, remedy === undefined ? message : `${message} ${remedy}`);
}
