import type { DeadLetter } from '../../../coordinator/projections/dead-letter.ts';
import { withConflicts } from '../../../engine/prepare/prepared-run.ts';
import {
  locateDeadLetter,
  planRetries,
  stillGivenUp,
} from '../../../engine/prepare/retry-given-up.ts';
import type { TaskKey } from '../../../shared/ids.ts';
import { t } from '../../../shared/messages.ts';
import { listDeadLetters } from '../../../store/projections/dead-letters.ts';
import { type Answer, cancelledEarly, refusal } from '../../output/answer.ts';
import type { CliWorkspace } from '../../run/cli-workspace.ts';
import { chooseConflicts } from '../../run/conflicts.ts';
import { chooseGroup, type NamedGroup } from '../../run/groups.ts';
import { runToEnd } from '../../run/run-to-end.ts';
import { type CliContext, withRunContext } from '../../run/with-run-context.ts';

export interface RetryOptions {
  /** Absolute. */
  readonly workspaceRoot: string;
  /** A key or short id. */
  readonly group: string;
  /** A key or short id; `undefined`: all that was given up of the group. */
  readonly task: string | undefined;
  readonly yes: boolean;
}

/** `retry --group-id G [--task T]`: runs what was given up once more, and nothing else. */
export function retry(options: RetryOptions): Promise<Answer> {
  return withRunContext(options, (tools) => retryIn(options, tools));
}

async function retryIn({ group, task }: RetryOptions, tools: CliContext): Promise<Answer> {
  const { session } = tools;
  const { workspace } = session;
  const chosen = chooseGroup(group, workspace.plans.current().groups, workspace.root);
  if (!chosen.ok) {
    return chosen.failure;
  }
  const letters = await lettersOf(session, chosen.value);
  const wanted = letters.filter(
    ({ task: { key, id } }) => task === undefined || task === key || task === id,
  );
  if (wanted.length === 0) {
    return nothingGivenUp(chosen.value, task, letters);
  }
  return runAgain(wanted, chosen.value, tools);
}

async function runAgain(
  letters: readonly DeadLetter[],
  { key }: NamedGroup,
  tools: CliContext,
): Promise<Answer> {
  const { session, interrupt, progress } = tools;
  const { workspace } = session;
  const { retries, problems } = planRetries(letters, {
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
    return runToEnd(prepared, tools, 'starts');
  }
  const undecided = [{ key, conflicts: prepared.value.undecided }];
  const choice = await chooseConflicts(workspace, undecided, interrupt);
  if (choice === null) {
    return cancelledEarly();
  }
  const run = await workspace.starter.start(withConflicts(prepared.value, choice));
  return runToEnd(run, tools, 'starts');
}

/** What was given up of a group, wherever its tasks stand in the plan by now. */
async function lettersOf(
  { workspace }: CliWorkspace,
  { key }: NamedGroup,
): Promise<readonly DeadLetter[]> {
  const plan = workspace.plans.current();
  const letters = stillGivenUp(plan, await listDeadLetters(workspace.root));
  return letters.filter(
    (letter) => (locateDeadLetter(plan, letter)?.group.key ?? letter.group) === key,
  );
}

function nothingGivenUp(
  { id }: NamedGroup,
  task: string | undefined,
  letters: readonly DeadLetter[],
): Answer {
  const known = letters.map((letter) => letter.task.id);
  const others = known.length === 0 ? '' : t(' Given up there: {0}.', known.join(', '));
  const what =
    task === undefined ? t('Nothing of {0}', id) : t('There is no task {0} of {1} that', task, id);
  return refusal('nothing', `${what} was given up.${others}`, { given_up: known });
}
