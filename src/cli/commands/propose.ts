import { checklistLine } from '../../coordinator/projections/fix-tasks.ts';
import { type FixProposal, proposeFixes } from '../../engine/steering/propose-fixes.ts';
import type { GroupKey } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import type { Result } from '../../shared/result.ts';
import { writeNewTasks } from '../../tasks/write/write-tasks.ts';
import { type Answer, refusal } from '../output/answer.ts';
import { EXIT } from '../output/exit-codes.ts';
import type { CliWorkspace } from '../run/cli-workspace.ts';
import { chooseGroup } from '../run/groups.ts';
import { withWorkspace } from '../run/with-workspace.ts';

export interface ProposeOptions {
  /** Absolute. */
  readonly workspaceRoot: string;
  /** A key or short id. */
  readonly group: string;
  /** Whether to add the proposed tasks to the plan. */
  readonly write: boolean;
}

/** `propose --group-id G [--write]`: shows the fix tasks for the failed test suite of the newest run, or adds them. */
export function propose({ workspaceRoot, group, write }: ProposeOptions): Promise<Answer> {
  return withWorkspace(workspaceRoot, undefined, async (opened) => {
    const { workspace, plans } = opened;
    const chosen = chooseGroup(group, workspace.plans.current().groups, workspace.root);
    if (!chosen.ok) {
      return chosen.failure;
    }
    const { key } = chosen.value;
    const run = workspace.runs.newestOf(key)?.state ?? null;
    const proposal = proposeFixes(plans, workspace.plans.current(), key, run);
    if (proposal === null) {
      return answer(key, [], [], t('Nothing is proposed.'));
    }
    return write ? writeIn(opened, key, proposal) : answer(key, linesOf(proposal), []);
  });
}

async function writeIn(
  opened: CliWorkspace,
  key: GroupKey,
  proposal: FixProposal,
): Promise<Answer> {
  const added = await add(opened, proposal);
  const proposed = linesOf(proposal);
  if (!added.ok) {
    const lines = proposed.map((line) => `\n  ${line}`).join('');
    return refusal('not_added', `${added.failure}${lines}`, { proposed_tasks: proposed });
  }
  const { titles } = proposal.tasks;
  const lines = titles.map((title, index) => t('added {0} {1}', added.value[index] ?? '', title));
  return answer(key, proposed, added.value, lines.join('\n'));
}

function add(
  { workspace, plans }: CliWorkspace,
  { source, file, tasks }: FixProposal,
): Promise<Result<readonly string[], string>> {
  return file === null
    ? plans.addThroughTool(source, tasks.titles, tasks.group)
    : writeNewTasks(workspace.root, file, tasks);
}

function linesOf({ tasks }: FixProposal): string[] {
  return tasks.titles.map(checklistLine);
}

function answer(
  group: GroupKey,
  proposed: readonly string[],
  added: readonly string[],
  text = proposed.join('\n'),
): Answer {
  const exitCode = EXIT.completed;
  const json = { version: 1, group, proposed_tasks: proposed, added, exit_code: exitCode };
  return { exitCode, json, text, to: 'stdout' };
}
