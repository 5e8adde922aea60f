import type { ApprovalItem } from '../../coordinator/schema/approval.ts';
import type {
  LaunchSpec,
  PlannedTask,
  RunSpec,
  SuiteSpec,
} from '../../coordinator/schema/run-spec.ts';
import { isBuiltInAgent } from '../../shared/agent-ids.ts';
import { CONFIG_FILE } from '../../shared/manifest.ts';

/** Commands that the user gave outside of the workspace (settings, command line), as argv. */
export type OwnCommands = readonly (readonly string[])[];

/** Everything a run would execute that comes from the workspace, each command once, in the order of the plan. */
export function approvalItems(plan: RunSpec, own: OwnCommands): ApprovalItem[] {
  const items = [
    ...plan.tasks.filter(({ excluded }) => excluded === null).flatMap(taskItems),
    ...checkItem('context refresh', plan.refresh, own),
    ...(plan.tests === null ? [] : checkItem('tests', plan.tests, own)),
  ];
  return distinct(items);
}

function taskItems({ agents, id, place, test }: PlannedTask): ApprovalItem[] {
  const origin = place.file;
  return [
    ...agents.flatMap((agent) =>
      agent.agent === 'run'
        ? [{ ...launchOf(agent), label: id, origin, cwd: '.' }]
        : agentItems(agent),
    ),
    ...(test === null
      ? []
      : [{ label: `test of ${id}`, origin, command: test.command, cwd: '.', env: {} }]),
  ];
}

/**
 * What an agent would execute that comes from the workspace, also to take a session up; nothing for those that are built
 * in.
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

function launchOf({ command, env }: LaunchSpec): Pick<ApprovalItem, 'command' | 'env'> {
  return { command, env };
}

function checkItem(label: string, check: SuiteSpec, own: OwnCommands): ApprovalItem[] {
  const { command, parser } = check;
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
