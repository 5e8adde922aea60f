import type { TaskStatus } from '../../../shared/status.ts';
import type { SourceStatus } from '../../schema/task.ts';

interface Meaning {
  readonly status: TaskStatus;
  readonly launchable: boolean;
}

const COMPLETED: Meaning = { status: 'completed', launchable: false };
const CANCELLED: Meaning = { status: 'cancelled', launchable: false };
const ELSEWHERE: Meaning = { status: 'in_progress', launchable: false };
const HELD_BACK: Meaning = { status: 'blocked', launchable: false };
const OPEN: Meaning = { status: 'pending', launchable: true };

const MEANINGS: ReadonlyMap<string, Meaning> = new Map([
  ['closed', COMPLETED],
  ['done', COMPLETED],
  ['completed', COMPLETED],
  ['[x]', COMPLETED],
  ['cancelled', CANCELLED],
  ['canceled', CANCELLED],
  ['in_progress', ELSEWHERE],
  ['hooked', ELSEWHERE],
  ['review', ELSEWHERE],
  ['deferred', HELD_BACK],
  ['pinned', HELD_BACK],
  ['blocked', HELD_BACK],
  ['open', OPEN],
  ['pending', OPEN],
  ['[ ]', OPEN],
  // Only task files that we write statuses to say this; running it again is what one does about it.
  ['failed', { status: 'failed', launchable: true }],
]);

/** What a source's word for a status means, or `null` for a word that is not known. */
export function sourceStatus(word: string): SourceStatus | null {
  const meaning = MEANINGS.get(word.trim().toLowerCase().replaceAll('-', '_'));
  return meaning === undefined ? null : { ...meaning, word };
}

/** A status that nobody can interpret: held back rather than launched by mistake. */
export function unknownStatus(word: string): SourceStatus {
  return { ...HELD_BACK, word };
}

/** Whether a dependency with this status holds nothing back any more. */
export function satisfies({ status }: SourceStatus): boolean {
  return status === 'completed' || status === 'cancelled';
}
