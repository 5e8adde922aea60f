import type { RunRefusal } from '../../../engine/contract/run-refusal.ts';
import type { ActiveRun } from '../../../engine/run/active-run.ts';
import { type GroupKey, MAP_SOURCE } from '../../../shared/ids.ts';
import { t } from '../../../shared/messages.ts';
import type { Result } from '../../../shared/result.ts';
import type { Answer } from '../../output/answer.ts';
import { confirm } from '../../run/approval.ts';
import { allGroups, chooseGroup } from '../../run/groups.ts';
import { openPlans } from '../../run/open-plans.ts';
import { runToEnd } from '../../run/run-to-end.ts';
import { type CliContext, withRunContext } from '../../run/with-run-context.ts';

export interface ResumeOptions {
  /** Absolute. */
  readonly workspaceRoot: string;
  /** A key or short id. */
  readonly group: string;
  readonly yes: boolean;
}

/** `resume --group-id G`: resumes a run without a coordinator, and waits for its end. */
export async function resume({ workspaceRoot, group, yes }: ResumeOptions): Promise<Answer> {
  const plans = await openPlans(workspaceRoot, undefined);
  const groups = await allGroups(workspaceRoot, plans.current());
  const chosen = chooseGroup(group, groups, workspaceRoot);
  if (!chosen.ok) {
    return chosen.failure;
  }
  const { key, source } = chosen.value;
  // The default plans contain neither a plan that was named by --tasks-file nor a tag other than the current one.
  const shown = plans.current().groups.some((each) => each.key === key);
  const tasksFile = shown || plans.isPlan(source) || source === MAP_SOURCE ? undefined : source;
  return withRunContext({ workspaceRoot, tasksFile, yes }, async (context) => {
    const run = await resumeRun(context, key);
    return runToEnd(run, context, 'goes on');
  });
}

/** If the holder may still run, a person on a terminal decides. */
async function resumeRun(
  { workspace, interrupt }: CliContext,
  key: GroupKey,
): Promise<Result<ActiveRun, RunRefusal>> {
  const run = await workspace.control.resume(key);
  if (run.ok || run.failure.reason !== 'held') {
    return run;
  }
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    return run;
  }
  const advice = t('Taking over is safe: what runs goes on, and nothing starts twice.');
  process.stderr.write(`${run.failure.message} ${advice}\n`);
  return (await confirm(t('Take it over?'), interrupt.signal))
    ? workspace.control.resume(key, run.failure.epoch)
    : run;
}
