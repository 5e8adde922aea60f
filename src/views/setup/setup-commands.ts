import * as vscode from 'vscode';
import type { CommandHandlers } from '../../host/actions/commands.ts';
import { EXTENSION_ID, WALKTHROUGH } from '../../shared/manifest.ts';
import type { SetupDeps } from './setup-deps.ts';

type SetupCommand = 'setUpAgents' | 'findAgents' | 'chooseDefaultAgent' | 'testAgent';

/** The handlers of the commands that set up agents; their implementation is loaded on first use. */
export function setupCommands(deps: SetupDeps): Pick<CommandHandlers, SetupCommand> {
  const { windowModel } = deps;
  return {
    setUpAgents: async () => {
      const id = `${EXTENSION_ID}#${WALKTHROUGH}`;
      await vscode.commands.executeCommand('workbench.action.openWalkthrough', id, false);
      const { detectAgents } = await import('./agent-picks.ts');
      const { setupContext } = await import('./setup-context.ts');
      await detectAgents(await setupContext(windowModel));
    },
    findAgents: async () => {
      const { showAgents } = await import('./find-agents.ts');
      await showAgents(windowModel);
    },
    chooseDefaultAgent: async () => {
      const { chooseDefaultAgent } = await import('./choose-default-agent.ts');
      await chooseDefaultAgent(windowModel);
    },
    testAgent: async ({ agent }) => {
      const { testAgent } = await import('./test-agent.ts');
      await testAgent(deps, agent);
    },
  };
}
