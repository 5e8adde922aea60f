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
  // Only files that we write statuses to contain this word; running the task again is the remedy.
  ['failed', { status: 'failed', launchable: true }],
]);

/** Status for a source's word, or `null` for an unknown word. */
export function sourceStatus(word: string): SourceStatus | null {
  const meaning = MEANINGS.get(word.trim().toLowerCase().replaceAll('-', '_'));
  return meaning === undefined ? null : { ...meaning, word };
}

/** An unknown status: held back rather than launched by mistake. */
export function unknownStatus(word: string): SourceStatus {
  return { ...HELD_BACK, word };
}

/** Whether a dependency with this status is satisfied. */
export function satisfies({ status }: SourceStatus): boolean {
  return status === 'completed' || status === 'cancelled';
}
