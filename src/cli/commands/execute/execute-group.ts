import type { GroupKey } from '../../../shared/ids.ts';
import { type Answer, refusal } from '../../output/answer.ts';
import { describeMetadata } from '../../output/describe-metadata.ts';
import { EXIT } from '../../output/exit-codes.ts';
import { metadataOfPlan } from '../../output/metadata.ts';
import type { CliWorkspace } from '../../run/cli-workspace.ts';
import { chooseGroup } from '../../run/groups.ts';
import { runToEnd } from '../../run/run-to-end.ts';
import type { CliContext } from '../../run/with-run-context.ts';
import { startPrepared } from './start-prepared.ts';

/** `execute --group-id G` */
export async function executeGroup(wanted: string, context: CliContext): Promise<Answer> {
  const { workspace, interrupt } = context;
  const chosen = chooseGroup(wanted, workspace.plans.current().groups, workspace.root);
  if (!chosen.ok) {
    return withProblems(chosen.failure, context);
  }
  const { key } = chosen.value;
  const prepared = await workspace.starter.prepare(key);
  if (!prepared.ok) {
    return prepared.failure.reason === 'nothing' && !interrupt.requested
      ? nothingToRun(context, key, prepared.failure.message)
      : runToEnd(prepared, context, 'starts');
  }
  return startPrepared(prepared.value, context);
}

/** Answers for a group whose tasks are all done, blocked or excluded. */
function nothingToRun({ workspace }: CliWorkspace, key: GroupKey, message: string): Answer {
  const group = workspace.groups().find((each) => each.key === key);
  if (group === undefined) {
    return refusal('unknown_group', message);
  }
  const exitCode = group.counts.blocked > 0 ? EXIT.blocked : EXIT.completed;
  const metadata = metadataOfPlan(workspace.root, group);
  return {
    exitCode,
    json: { ...metadata, exit_code: exitCode },
    text: `${message}\n${describeMetadata(metadata)}`,
    to: 'stdout',
  };
}

/** Adds the plans' errors: a group is often unknown because its plan could not be read. */
function withProblems(answer: Answer, { workspace }: CliWorkspace): Answer {
  const errors = workspace.plans.current().problems.filter(({ severity }) => severity === 'error');
  const lines = errors.map(({ place, message }) => `${place.file}:${place.line}: ${message}`);
  return { ...answer, text: [answer.text, ...lines].join('\n') };
}
