import type { CommandHandlers, CommandTarget } from '../../host/actions/commands.ts';
import type { WindowModel } from '../../host/window/window-model.ts';
import type { AgentAction } from './act-on-agent.ts';

type AgentCommand =
  | 'unregisterAgent'
  | 'registerAgentAgain'
  | 'checkAgent'
  | 'resetBreaker'
  | 'openAgentDefinition';

/** The handlers of the commands on agents; their implementation is loaded on first use. */
export function agentCommands(windowModel: WindowModel): Pick<CommandHandlers, AgentCommand> {
  const act =
    (action: AgentAction) =>
    async ({ agent }: CommandTarget): Promise<void> => {
      const { actOnAgent } = await import('./act-on-agent.ts');
      await actOnAgent(windowModel, action, agent);
    };
  return {
    unregisterAgent: act('unregister'),
    registerAgentAgain: act('registerAgain'),
    checkAgent: act('check'),
    resetBreaker: act('resetBreaker'),
    openAgentDefinition: act('open'),
  };
}
