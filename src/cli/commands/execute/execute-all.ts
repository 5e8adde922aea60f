import type { ActiveRun } from '../../../engine/run/active-run.ts';
import { type GroupOutcome, runAll } from '../../../engine/workflow/run-all.ts';
import { t } from '../../../shared/messages.ts';
import { type Answer, cancelledEarly } from '../../output/answer.ts';
import { describeMetadata } from '../../output/describe-metadata.ts';
import { EXIT, overallExitCode } from '../../output/exit-codes.ts';
import { mergeRuns } from '../../output/merge-metadata.ts';
import { metadataOfPlan, metadataOfRun, type ShownMetadata } from '../../output/metadata.ts';
import type { CliWorkspace } from '../../run/cli-workspace.ts';
import { chooseConflicts } from '../../run/conflicts.ts';
import { stopOnInterrupt } from '../../run/follow-run.ts';
import { refusalOf } from '../../run/refusal-of.ts';
import type { CliContext } from '../../run/with-run-context.ts';

/** `execute --all` */
export async function executeAll(context: CliContext): Promise<Answer> {
  const { workspace, interrupt, progress } = context;
  const keys = workspace.plans.current().groups.map(({ key }) => key);
  const undecided = await workspace.starter.undecided(keys);
  const conflicts = await chooseConflicts(workspace, undecided, interrupt);
  if (conflicts === null) {
    return cancelledEarly();
  }
  let current: ActiveRun | null = null;
  const stopping = stopOnInterrupt(context, () => {
    current?.cancel(null, 'command line');
  });
  const outcomes = await runAll(workspace, {
    conflicts,
    isCancelled: () => interrupt.requested,
    onRun: (run) => {
      current = run;
      progress.follow(run, 'starts');
      if (interrupt.requested) {
        run.cancel(null, 'command line');
      }
    },
  });
  stopping.dispose();
  const ran = outcomes.some(({ runs }) => runs.length > 0);
  if (interrupt.requested && !ran) {
    return cancelledEarly();
  }
  return answerOf(context, outcomes, interrupt.requested);
}

function answerOf(
  opened: CliWorkspace,
  outcomes: readonly GroupOutcome[],
  stopped: boolean,
): Answer {
  const groups: ShownMetadata[] = [];
  const texts: string[] = [];
  const codes: number[] = stopped ? [EXIT.cancelled] : [];
  const refusals: object[] = [];
  for (const outcome of outcomes) {
    const metadata = metadataOf(opened, outcome);
    if (metadata !== null) {
      groups.push(metadata);
      texts.push(describeMetadata(metadata));
      codes.push(metadata.exit_code ?? EXIT.completed);
    }
    if (outcome.refusal !== null) {
      const refused = refusalOf(outcome.refusal);
      refusals.push({ group: outcome.group, ...refused.json });
      texts.push(refused.text);
      codes.push(EXIT.refused);
    }
  }
  const exitCode = overallExitCode(codes);
  const errors = refusals.length === 0 ? {} : { refused: refusals };
  return {
    exitCode,
    json: { version: 1, groups, exit_code: exitCode, ...errors },
    text: texts.length === 0 ? t('There is nothing to run.') : texts.join('\n\n'),
    to: 'stdout',
  };
}

/** `null`: nothing to show. A group without runnable tasks is shown with the reasons. */
function metadataOf(
  { workspace }: CliWorkspace,
  { group, runs, refusal }: GroupOutcome,
): ShownMetadata | null {
  const [first, ...later] = runs.map(({ state }) => metadataOfRun(workspace.root, state, null));
  if (first !== undefined) {
    return mergeRuns(first, ...later);
  }
  const view = workspace.groups().find(({ key }) => key === group);
  if (view === undefined || refusal !== null) {
    return null;
  }
  const exit_code = view.counts.blocked > 0 ? EXIT.blocked : EXIT.completed;
  return { ...metadataOfPlan(workspace.root, view), exit_code };
}
