import type { GroupView, TaskView } from '../../../shared/view-models/group-views.ts';
import type { Matcher } from './layout.ts';

type Test = (task: TaskView) => boolean;

/** The filter words for statuses, which users type after an `@`. */
export const STATUS_WORDS: Readonly<Record<string, Test>> = {
  open: ({ status, launchable }) =>
    status !== 'completed' && (status !== 'cancelled' || launchable),
  done: ({ status }) => status === 'completed',
  running: ({ status }) => status === 'in_progress',
  blocked: ({ status }) => status === 'blocked',
  failed: ({ status }) => status === 'failed',
};

/**
 * Parses the text of a filter into a test of tasks; `null` if it filters nothing. Every word must be part of the task's
 * id, title, group, subagent or one of its files, ignoring case; `"two words"` are one. Of several `@status` words one
 * must match; the beginning of such a word is enough, so that a preview does not flicker while the user types.
 */
export function parseFilter(text: string): Matcher | null {
  const words: string[] = [];
  const statuses: Test[] = [];
  for (const [, quoted, plain = ''] of text.toLowerCase().matchAll(/"([^"]*)"?|(\S+)/g)) {
    const named = plain.startsWith('@') ? statusesFrom(plain.slice(1)) : [];
    if (named.length > 0) {
      statuses.push(...named);
    } else {
      words.push(quoted ?? plain);
    }
  }
  const wanted = words.filter((word) => word !== '');
  if (wanted.length === 0 && statuses.length === 0) {
    return null;
  }
  return (task, group) =>
    (statuses.length === 0 || statuses.some((matches) => matches(task))) &&
    (wanted.length === 0 || matchesAll(task, group, wanted));
}

/** The statuses that a word begins; empty if none, then the `@` is part of a text such as `@scope/package`. */
function statusesFrom(beginning: string): Test[] {
  return Object.entries(STATUS_WORDS).flatMap(([word, test]) =>
    word.startsWith(beginning) ? [test] : [],
  );
}

function matchesAll(
  { id, title, subagent, place, files }: TaskView,
  group: Pick<GroupView, 'title'>,
  words: readonly string[],
): boolean {
  const text = [id, title, group.title, subagent, place.file, ...files].join('\n').toLowerCase();
  return words.every((word) => text.includes(word));
}
