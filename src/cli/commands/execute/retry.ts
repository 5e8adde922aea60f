import type { DeadLetter } from '../../../coordinator/projections/dead-letter.ts';
import {
  locateDeadLetter,
  planRetries,
  stillGivenUp,
} from '../../../engine/prepare/retry-given-up.ts';
import type { TaskKey } from '../../../shared/ids.ts';
import { t } from '../../../shared/messages.ts';
import { listDeadLetters } from '../../../store/projections/dead-letters.ts';
import { type Answer, refusal } from '../../output/answer.ts';
import type { CliWorkspace } from '../../run/cli-workspace.ts';
import { chooseGroup, type NamedGroup } from '../../run/groups.ts';
import { runToEnd } from '../../run/run-to-end.ts';
import { type CliContext, withRunContext } from '../../run/with-run-context.ts';
import { startPrepared } from './start-prepared.ts';

export interface RetryOptions {
  /** Absolute. */
  readonly workspaceRoot: string;
  /** A key or short id. */
  readonly group: string;
  /** A key or short id; `undefined`: all given-up tasks of the group. */
  readonly task: string | undefined;
  readonly yes: boolean;
}

/** `retry --group-id G [--task T]`: runs given-up tasks again, and no others. */
export function retry(options: RetryOptions): Promise<Answer> {
  return withRunContext(options, (context) => retryIn(options, context));
}

async function retryIn({ group, task }: RetryOptions, context: CliContext): Promise<Answer> {
  const { workspace } = context;
  const chosen = chooseGroup(group, workspace.plans.current().groups, workspace.root);
  if (!chosen.ok) {
    return chosen.failure;
  }
  const known = await deadLettersOf(context, chosen.value);
  const wanted = known.filter(
    ({ task: { key, id } }) => task === undefined || task === key || task === id,
  );
  if (wanted.length === 0) {
    return nothingGivenUp(chosen.value, task, known);
  }
  return runAgain(wanted, chosen.value, context);
}

async function runAgain(
  deadLetters: readonly DeadLetter[],
  { key }: NamedGroup,
  context: CliContext,
): Promise<Answer> {
  const { workspace, progress } = context;
  const { retries, problems } = planRetries(deadLetters, {
    plan: workspace.plans.current(),
    previous: (group) => workspace.runs.newestOf(group)?.state ?? null,
  });
  const only: ReadonlySet<TaskKey> | undefined = retries.find(({ group }) => group === key)?.only;
  if (only === undefined) {
    return refusal('nothing', problems.join(' '));
  }
  for (const problem of problems) {
    progress.line(problem);
  }
  await workspace.agents.trySignInsAgain();
  const prepared = await workspace.starter.prepare(key, { only });
  if (!prepared.ok) {
    return runToEnd(prepared, context, 'starts');
  }
  return startPrepared(prepared.value, context);
}

/** The dead letters of a group, also of tasks that have moved to another group of the plan. */
async function deadLettersOf(
  { workspace }: CliWorkspace,
  { key }: NamedGroup,
): Promise<readonly DeadLetter[]> {
  const plan = workspace.plans.current();
  const deadLetters = stillGivenUp(plan, await listDeadLetters(workspace.root));
  return deadLetters.filter(
    (each) => (locateDeadLetter(plan, each)?.group.key ?? each.group) === key,
  );
}

function nothingGivenUp(
  { id }: NamedGroup,
  task: string | undefined,
  deadLetters: readonly DeadLetter[],
): Answer {
  const known = deadLetters.map((each) => each.task.id);
  const sentence =
    task === undefined
      ? t('Nothing of {0} was given up.', id)
      : t('There is no task {0} of {1} that was given up.', task, id);
  const others = known.length === 0 ? [] : [t('Given up there: {0}.', known.join(', '))];
  return refusal('nothing', [sentence, ...others].join(' '), { given_up: known });
}
