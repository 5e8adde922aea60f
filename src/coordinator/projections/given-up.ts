import { plural } from '../../shared/words/durations.ts';
import type { DeadLetter } from './dead-letter.ts';

/** A row of the list of given-up tasks: one task, or all tasks that the same refusal kept from starting. */
export type GivenUpRow =
  | { readonly kind: 'dead_letter'; readonly deadLetter: DeadLetter }
  | {
      readonly kind: 'refused';
      /** Stable while the refusal is the same. */
      readonly id: string;
      readonly reason: string;
      readonly deadLetters: readonly DeadLetter[];
    };

/** Newest first. Tasks that the same policy or budget kept from starting share one row. */
export function givenUpRows(deadLetters: readonly DeadLetter[]): GivenUpRow[] {
  const sorted = deadLetters.toSorted(newestFirst);
  const together = new Map<string, DeadLetter[]>();
  for (const deadLetter of sorted) {
    const cause = refusalOf(deadLetter);
    if (cause !== null) {
      together.set(cause, [...(together.get(cause) ?? []), deadLetter]);
    }
  }
  const rows: GivenUpRow[] = [];
  for (const deadLetter of sorted) {
    const id = refusalOf(deadLetter);
    const all = (id === null ? undefined : together.get(id)) ?? [];
    if (id === null || all.length < 2) {
      rows.push({ kind: 'dead_letter', deadLetter });
    } else if (all[0] === deadLetter) {
      rows.push({ kind: 'refused', id, reason: deadLetter.failure.message, deadLetters: all });
    }
  }
  return rows;
}

/** "3 tasks of auth were never started" */
export function refusedWords(deadLetters: readonly DeadLetter[]): string {
  return `${plural(deadLetters.length, 'task')} of ${deadLetters[0]?.groupId ?? ''} ${deadLetters.length === 1 ? 'was' : 'were'} never started`;
}

/** The failure in one sentence, with the number of attempts. */
export function reasonOf({ failure, attempts }: DeadLetter): string {
  return attempts > 1 ? `${failure.message} (${attempts} attempts)` : failure.message;
}

/** Machine-readable failure: the code of a refusal, the exit code, or its class. */
export function codeOf({ failure }: DeadLetter): string {
  if (failure.reason === 'rejected') {
    return failure.code;
  }
  return failure.reason === 'exit' ? `exit ${failure.exitCode}` : failure.reason;
}

/** Key of a refusal that several tasks of a run can share; `null` if the task was started. */
function refusalOf({ failure, attempts, run, group }: DeadLetter): string | null {
  return failure.reason === 'rejected' && attempts === 0
    ? JSON.stringify([group, run, failure.code, failure.message])
    : null;
}

function newestFirst(a: DeadLetter, b: DeadLetter): number {
  return b.at - a.at || (a.task.key < b.task.key ? -1 : 1);
}
