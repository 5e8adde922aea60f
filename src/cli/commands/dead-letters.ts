import type { DeadLetter } from '../../coordinator/projections/dead-letter.ts';
import {
  codeOf,
  type GivenUpRow,
  givenUpRows,
  reasonOf,
  refusedWords,
} from '../../coordinator/projections/given-up.ts';
import { stillGivenUp } from '../../engine/prepare/retry-given-up.ts';
import { t } from '../../shared/messages.ts';
import { describeAgo } from '../../shared/words/durations.ts';
import { attemptFiles } from '../../store/attempts/attempt-directory.ts';
import { deadLetterAttempt, listDeadLetters } from '../../store/projections/dead-letters.ts';
import type { Answer } from '../output/answer.ts';
import { EXIT } from '../output/exit-codes.ts';
import { table, visibleLine } from '../output/table.ts';
import { withWorkspace } from '../run/with-workspace.ts';

/** `dead-letters`: lists the given-up tasks with their reasons, newest first. */
export function deadLetters(workspaceRoot: string): Promise<Answer> {
  return withWorkspace(workspaceRoot, undefined, async ({ workspace }) => {
    const known = stillGivenUp(workspace.plans.current(), await listDeadLetters(workspaceRoot));
    const rows = givenUpRows(known);
    return {
      exitCode: EXIT.completed,
      json: { version: 1, dead_letters: known.map((each) => describe(each, workspaceRoot)) },
      text: rows.length === 0 ? t('Nothing was given up.') : textOf(rows),
      to: 'stdout',
    };
  });
}

function describe(deadLetter: DeadLetter, workspaceRoot: string): object {
  const { task, failure } = deadLetter;
  const attempt = deadLetterAttempt(workspaceRoot, deadLetter);
  return {
    task_id: task.id,
    key: task.key,
    title: task.title,
    group_id: deadLetter.groupId,
    group: deadLetter.group,
    run_id: deadLetter.run,
    agent: deadLetter.agent,
    subagent: deadLetter.subagent,
    attempts: deadLetter.attempts,
    reason: failure.reason,
    code: codeOf(deadLetter),
    message: failure.message,
    remedy: failure.remedy ?? null,
    given_up_at: new Date(deadLetter.at).toISOString(),
    log: attempt === null ? null : attemptFiles(attempt).output,
    tail: deadLetter.tail,
  };
}

function textOf(rows: readonly GivenUpRow[]): string {
  const now = Date.now();
  const lines = table(
    rows.map((row) =>
      row.kind === 'dead_letter'
        ? cells(row.deadLetter, now)
        : [
            '',
            refusedWords(row.deadLetters),
            row.reason,
            describeAgo(now - (row.deadLetters[0]?.at ?? now)),
          ],
    ),
  );
  const remedies = rows.map((row) =>
    row.kind === 'dead_letter' ? row.deadLetter.failure.remedy : row.deadLetters[0]?.failure.remedy,
  );
  const advice = [...new Set(remedies)].filter((each) => each !== undefined).map(visibleLine);
  const command = 'parallel-groups retry --group-id GROUP [--task TASK]';
  return [lines, ...advice, t('Try again: {0}', command)].join('\n');
}

function cells(deadLetter: DeadLetter, now: number): string[] {
  const { task, groupId } = deadLetter;
  return [
    task.id,
    `${task.title} (${groupId})`,
    reasonOf(deadLetter),
    describeAgo(now - deadLetter.at),
  ];
}
