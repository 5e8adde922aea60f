import * as vscode from 'vscode';
import { findAgents, type FoundAgent } from '../../engine/self-test/find-agents.ts';
import { CONTEXT_KEYS } from '../../shared/manifest.ts';
import { programFinder } from '../../system/find-program.ts';
import type { SetupContext } from './surroundings.ts';

/** A row of a list of agents to choose from. */
interface AgentPick extends vscode.QuickPickItem {
  readonly agent: FoundAgent;
}

/** Looks for the agents, and lets the walkthrough know whether there are any. */
export async function lookForAgents({ config }: SetupContext): Promise<readonly FoundAgent[]> {
  const agents = await findAgents(
    config,
    programFinder(process.env),
    // Their programs are a person's own; all the same, nothing is started in a folder that is not trusted unless asked for.
    vscode.workspace.isTrusted,
  );
  const isThere = agents.some(({ path }) => path !== null);
  await vscode.commands.executeCommand('setContext', CONTEXT_KEYS.agentFound, isThere);
  return agents;
}

/** Has a person choose one of those that are installed; says what to do where there are none. */
export async function pickInstalled(
  around: SetupContext,
  placeHolder: string,
): Promise<FoundAgent | null> {
  const installed = (await lookForAgents(around)).filter(({ path }) => path !== null);
  if (installed.length === 0) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t(
        'No coding agent was found on this machine. Look for Agents shows how to install one.',
      ),
    );
    return null;
  }
  const picks = installed.map((agent) => pickOf(agent, around));
  return (await vscode.window.showQuickPick(picks, { placeHolder }))?.agent ?? null;
}

function signInWords({ facts }: FoundAgent): string[] {
  const seen = facts?.seen ?? null;
  return seen === null ? [] : [`sign-in seen: ${seen}`];
}

/** How an agent is shown in a list. */
export function pickOf(agent: FoundAgent, { config }: SetupContext): AgentPick {
  const { id, title, path, version, facts } = agent;
  const marks = [
    ...(path === null ? ['not installed'] : []),
    ...(version === null ? [] : [version]),
    ...(config.agent === id ? ['default'] : []),
  ];
  const icon = path === null ? 'circle-slash' : 'pass-filled';
  return {
    agent,
    label: `$(${icon}) ${title}`,
    description: marks.join(' · '),
    ...(path === null && facts !== null ? { detail: facts.install } : {}),
    ...(path === null ? {} : { detail: [path, ...signInWords(agent)].join(' · ') }),
  };
}
