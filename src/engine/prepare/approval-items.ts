import type { ApprovalItem } from '../../coordinator/schema/approval.ts';
import type {
  LaunchSpec,
  PlannedTask,
  RunSpec,
  SuiteSpec,
} from '../../coordinator/schema/run-spec.ts';
import { isBuiltInAgent } from '../../shared/agent-ids.ts';
import { CONFIG_FILE } from '../../shared/manifest.ts';

/** Commands that the user configured outside the workspace (settings, command line), as argv. */
export type OwnCommands = readonly (readonly string[])[];

/** Returns the commands from the workspace that a run would execute, each once, in plan order. */
export function approvalItems(plan: RunSpec, own: OwnCommands): ApprovalItem[] {
  const items = [
    ...plan.tasks.filter(({ excluded }) => excluded === null).flatMap(taskItems),
    ...suiteItem('context refresh', plan.refresh, own),
    ...(plan.tests === null ? [] : suiteItem('tests', plan.tests, own)),
  ];
  return distinct(items);
}

function taskItems({ agents, id, place, test }: PlannedTask): ApprovalItem[] {
  const origin = place.file;
  return [
    ...agents.flatMap((agent) =>
      agent.agent === 'run'
        ? [{ ...commandOf(agent), label: id, origin, cwd: '.' }]
        : agentItems(agent),
    ),
    ...(test === null
      ? []
      : [{ label: `test of ${id}`, origin, command: test.command, cwd: '.', env: {} }]),
  ];
}

/**
 * Returns the commands from the workspace that an agent would execute, including the one that resumes a session. Empty
 * for built-in agents.
 */
export function agentItems(agent: LaunchSpec): ApprovalItem[] {
  if (isBuiltInAgent(agent.agent)) {
    return [];
  }
  const label = `agent ${agent.agent}`;
  const shared = { origin: CONFIG_FILE, cwd: '.', env: agent.env };
  const { resume } = agent;
  return [
    { ...shared, label, command: agent.command },
    ...(resume === null ? [] : [{ ...shared, label: `${label}, taken up again`, command: resume }]),
  ];
}

function commandOf({ command, env }: LaunchSpec): Pick<ApprovalItem, 'command' | 'env'> {
  return { command, env };
}

function suiteItem(label: string, suite: SuiteSpec, own: OwnCommands): ApprovalItem[] {
  const { command, parser } = suite;
  if (parser === 'built-in' || (command.kind === 'argv' && isOwn(command.argv, own))) {
    return [];
  }
  return [{ label, origin: 'workspace', command, cwd: '.', env: {} }];
}

function isOwn(argv: readonly string[], own: OwnCommands): boolean {
  return own.some((each) => JSON.stringify(each) === JSON.stringify(argv));
}

function distinct(items: readonly ApprovalItem[]): ApprovalItem[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const text = JSON.stringify(item);
    return seen.has(text) ? false : seen.add(text);
  });
}
