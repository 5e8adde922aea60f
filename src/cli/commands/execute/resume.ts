import type { RunRefusal } from '../../../engine/contract/run-refusal.ts';
import type { ActiveRun } from '../../../engine/run/active-run.ts';
import { type GroupKey, MAP_SOURCE } from '../../../shared/ids.ts';
import { t } from '../../../shared/messages.ts';
import type { Result } from '../../../shared/result.ts';
import type { Answer } from '../../output/answer.ts';
import { confirm } from '../../run/approval.ts';
import type { CliWorkspace } from '../../run/cli-workspace.ts';
import { allGroups, chooseGroup } from '../../run/groups.ts';
import type { Interrupt } from '../../run/interrupt.ts';
import { openPlans } from '../../run/open-plans.ts';
import { runToEnd } from '../../run/run-to-end.ts';
import { withRunContext } from '../../run/with-run-context.ts';

export interface ResumeOptions {
  /** Absolute. */
  readonly workspaceRoot: string;
  /** A key or short id. */
  readonly group: string;
  readonly yes: boolean;
}

/** `resume --group-id G`: takes up a run that nobody coordinates any more, and sees it through to its end. */
export async function resume({ workspaceRoot, group, yes }: ResumeOptions): Promise<Answer> {
  const plans = await openPlans(workspaceRoot, undefined);
  const groups = await allGroups(workspaceRoot, plans.current());
  const chosen = chooseGroup(group, groups, workspaceRoot);
  if (!chosen.ok) {
    return chosen.failure;
  }
  const { key, source } = chosen.value;
  // A plan that was named by --tasks-file is not found by itself, and a tag that is not the current one not shown.
  const shown = plans.current().groups.some((each) => each.key === key);
  const tasksFile = shown || plans.isPlan(source) || source === MAP_SOURCE ? undefined : source;
  return withRunContext({ workspaceRoot, tasksFile, yes }, async (tools) => {
    const run = await takeUp(tools.session, key, tools.interrupt);
    return runToEnd(run, tools, 'goes on');
  });
}

/** Where its holder may still live, a person on a terminal decides. */
async function takeUp(
  { workspace }: CliWorkspace,
  key: GroupKey,
  interrupt: Interrupt,
): Promise<Result<ActiveRun, RunRefusal>> {
  const run = await workspace.control.resume(key);
  if (run.ok || run.failure.reason !== 'held') {
    return run;
  }
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    return run;
  }
  process.stderr.write(
    t(
      '{0} Taking over is safe: what runs goes on, and nothing starts twice.\n',
      run.failure.message,
    ),
  );
  return (await confirm(t('Take it over?'), interrupt.signal))
    ? workspace.control.resume(key, run.failure.epoch)
    : run;
}
