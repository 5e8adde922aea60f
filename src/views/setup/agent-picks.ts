import * as vscode from 'vscode';
import { findAgents, type FoundAgent } from '../../engine/self-test/find-agents.ts';
import { CONTEXT_KEYS } from '../../shared/manifest.ts';
import { programFinder } from '../../system/find-program.ts';
import type { SetupContext } from './setup-context.ts';

/** A row of a quick pick of agents. */
interface AgentPick extends vscode.QuickPickItem {
  readonly agent: FoundAgent;
}

/** Detects the agents, and sets the context key that shows the walkthrough whether one is installed. */
export async function detectAgents({ config }: SetupContext): Promise<readonly FoundAgent[]> {
  const agents = await findAgents(
    config,
    programFinder(process.env),
    // Although the programs belong to the user, nothing starts in an untrusted folder without a request.
    vscode.workspace.isTrusted,
  );
  const isFound = agents.some(({ path }) => path !== null);
  await vscode.commands.executeCommand('setContext', CONTEXT_KEYS.agentFound, isFound);
  return agents;
}

/** Prompts for one of the installed agents; shows what to do and returns `null` if there are none. */
export async function pickInstalled(
  context: SetupContext,
  placeHolder: string,
): Promise<FoundAgent | null> {
  const installed = (await detectAgents(context)).filter(({ path }) => path !== null);
  if (installed.length === 0) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t(
        'No coding agent was found on this machine. Look for Agents shows how to install one.',
      ),
    );
    return null;
  }
  const picks = installed.map((agent) => pickOf(agent, context));
  return (await vscode.window.showQuickPick(picks, { placeHolder }))?.agent ?? null;
}

function signInWords({ facts }: FoundAgent): string[] {
  const seen = facts?.seen ?? null;
  return seen === null ? [] : [`sign-in seen: ${seen}`];
}

/** Renders an agent as a row of a quick pick. */
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
