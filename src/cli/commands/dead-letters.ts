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
import { letterAttempt, listDeadLetters } from '../../store/projections/dead-letters.ts';
import type { Answer } from '../output/answer.ts';
import { EXIT } from '../output/exit-codes.ts';
import { oneLine, table } from '../output/table.ts';
import { withWorkspace } from '../run/with-workspace.ts';

/** `dead-letters`: what was given up, and why; the newest first. */
export function deadLetters(workspaceRoot: string): Promise<Answer> {
  return withWorkspace(workspaceRoot, undefined, async ({ workspace }) => {
    const letters = stillGivenUp(workspace.plans.current(), await listDeadLetters(workspaceRoot));
    const rows = givenUpRows(letters);
    return {
      exitCode: EXIT.completed,
      json: { version: 1, dead_letters: letters.map((each) => describe(each, workspaceRoot)) },
      text: rows.length === 0 ? t('Nothing was given up.') : textOf(rows),
      to: 'stdout',
    };
  });
}

function describe(letter: DeadLetter, workspaceRoot: string): object {
  const { task, failure } = letter;
  const attempt = letterAttempt(workspaceRoot, letter);
  return {
    task_id: task.id,
    key: task.key,
    title: task.title,
    group_id: letter.groupId,
    group: letter.group,
    run_id: letter.run,
    agent: letter.agent,
    subagent: letter.subagent,
    attempts: letter.attempts,
    reason: failure.reason,
    code: codeOf(letter),
    message: failure.message,
    remedy: failure.remedy ?? null,
    given_up_at: new Date(letter.at).toISOString(),
    log: attempt === null ? null : attemptFiles(attempt).output,
    tail: letter.tail,
  };
}

function textOf(rows: readonly GivenUpRow[]): string {
  const now = Date.now();
  const lines = table(
    rows.map((row) =>
      row.kind === 'letter'
        ? cells(row.letter, now)
        : [
            '',
            refusedWords(row.letters),
            row.reason,
            describeAgo(now - (row.letters[0]?.at ?? now)),
          ],
    ),
  );
  const remedies = rows.map((row) =>
    row.kind === 'letter' ? row.letter.failure.remedy : row.letters[0]?.failure.remedy,
  );
  const advice = [...new Set(remedies)].filter((each) => each !== undefined).map(oneLine);
  return [
    lines,
    ...advice,
    t('Try again: parallel-groups retry --group-id GROUP [--task TASK]'),
  ].join('\n');
}

function cells(letter: DeadLetter, now: number): string[] {
  const { task, groupId } = letter;
  return [task.id, `${task.title} (${groupId})`, reasonOf(letter), describeAgo(now - letter.at)];
}
