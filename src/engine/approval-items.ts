import type { ApprovalItem } from '../coordinator/approval.ts';
import type { CheckPlan, PlannedTask, RunPlan } from '../coordinator/run-plan.ts';
import { CONFIG_FILE } from '../shared/manifest.ts';

/** Commands that the user gave outside of the workspace (settings, command line), as argv. */
export type OwnCommands = readonly (readonly string[])[];

/** Everything a run would execute that comes from the workspace, each command once, in the order of the plan. */
export function approvalItems(plan: RunPlan, own: OwnCommands): ApprovalItem[] {
  const items = [
    ...plan.tasks.filter(({ excluded }) => excluded === null).flatMap(taskItems),
    ...checkItem('context refresh', plan.refresh, own),
    ...(plan.tests === null ? [] : checkItem('tests', plan.tests, own)),
  ];
  return distinct(items);
}

function taskItems(task: PlannedTask): ApprovalItem[] {
  return task.agents
    .filter(({ agent }) => agent !== 'claude')
    .map(({ agent, command, env }) =>
      agent === 'run'
        ? { label: task.id, origin: task.place.file, command, cwd: '.', env }
        : { label: `agent ${agent}`, origin: CONFIG_FILE, command, cwd: '.', env },
    );
}

function checkItem(label: string, check: CheckPlan, own: OwnCommands): ApprovalItem[] {
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
