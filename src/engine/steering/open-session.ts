import { type SessionCommand } from '../../agents/contract/agent.ts';
import { sessionCommand } from '../../agents/registry.ts';
import type { TaskRecord } from '../../coordinator/run/state/state.ts';
import { agentOf } from '../../coordinator/run/transition/transition.ts';
import { isBuiltInAgent } from '../../shared/agent-ids.ts';
import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';

/** The command that opens a task's session in its agent's own user interface. The failure is a sentence. */
export function openSessionCommand(record: TaskRecord): Result<SessionCommand, string> {
  const { id } = record.planned;
  const agent = agentOf(record);
  const session = record.session ?? record.outcome?.sessionId ?? null;
  if (record.state.kind === 'running') {
    return failure(t('{0} is at work in its session. Stop it first, or wait for its end.', id));
  }
  if (agent === undefined || session === null) {
    return failure(t('{0} has no session: its agent named none.', id));
  }
  const name: string = agent.agent;
  const isOwn = isBuiltInAgent(name);
  // The output of an interactive session was not read.
  const command = sessionCommand(isOwn ? name : agent.adapter, session);
  if (command === null) {
    return failure(t('{0} has no user interface that could open a session.', agent.agent));
  }
  const [, ...args] = command;
  const path = isOwn && agent.command.kind === 'argv' ? agent.command.argv[0] : undefined;
  return success([path ?? command[0], ...args]);
}
