import type { HeldRun } from '../../engine/held-run.ts';
import type { RunRefusal } from '../../engine/open-run.ts';
import { type GroupKey, MAP_SOURCE } from '../../shared/ids.ts';
import type { Result } from '../../shared/result.ts';
import { allGroups, chooseGroup } from '../groups.ts';
import { type Answer, cancelledEarly } from '../output/answer.ts';
import { openProgress } from '../progress/open-progress.ts';
import { approver, confirm } from '../run/approval.ts';
import { drive } from '../run/drive.ts';
import { endAnswer } from '../run/end-answer.ts';
import { Interrupt } from '../run/interrupt.ts';
import { openPlans, watchPlans } from '../run/open-plans.ts';
import { refusalOf } from '../run/refusal-of.ts';
import { openSession, type Session } from '../run/session.ts';

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
  if (!chosen.ok) return chosen.failure;
  const { key, source } = chosen.value;
  const interrupt = new Interrupt();
  // A plan that was named by --tasks-file is not found by itself, and a tag that is not the current one not shown.
  const shown = plans.current().groups.some((each) => each.key === key);
  const tasksFile = shown || plans.isPlan(source) || source === MAP_SOURCE ? undefined : source;
  const approve = approver(yes, interrupt.signal);
  const opened = await openSession({ workspaceRoot, tasksFile, approve });
  if (!opened.ok) return opened.failure;
  const session = opened.value;
  const watching = watchPlans(session.plans);
  const progress = openProgress(session.workspace);
  try {
    const run = await takeUp(session, key, interrupt);
    if (run.ok)
      return endAnswer(
        workspaceRoot,
        await drive(session, run.value, { interrupt, progress, verb: 'goes on' }),
      );
    return interrupt.requested ? cancelledEarly() : refusalOf(run.failure);
  } finally {
    progress.dispose();
    watching.dispose();
    await session.close();
    interrupt.dispose();
  }
}

/** Where its holder may still live, a person on a terminal decides. */
async function takeUp(
  { workspace }: Session,
  key: GroupKey,
  interrupt: Interrupt,
): Promise<Result<HeldRun, RunRefusal>> {
  const run = await workspace.resume(key);
  if (run.ok || run.failure.reason !== 'held') return run;
  if (!process.stdin.isTTY || !process.stderr.isTTY) return run;
  process.stderr.write(
    `${run.failure.message} Taking over is safe: what runs goes on, and nothing starts twice.\n`,
  );
  return (await confirm('Take it over?', interrupt.signal))
    ? workspace.resume(key, run.failure.epoch)
    : run;
}
