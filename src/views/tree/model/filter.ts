import type { GroupView, TaskView } from '../../../shared/view-models/group-views.ts';
import type { Matcher } from './layout.ts';

type Test = (task: TaskView) => boolean;

/** The words for statuses, each written after an `@`. */
export const STATUS_WORDS: Readonly<Record<string, Test>> = {
  open: ({ status, launchable }) =>
    status !== 'completed' && (status !== 'cancelled' || launchable),
  done: ({ status }) => status === 'completed',
  running: ({ status }) => status === 'in_progress',
  blocked: ({ status }) => status === 'blocked',
  failed: ({ status }) => status === 'failed',
};

/**
 * What a person typed, as a test of tasks; `null` if it asks for nothing. Every word must be part of the task's id, title,
 * group, subagent or one of its files, in any case; `"two words"` are one. Of several `@status` words one must hold; the
 * beginning of such a word will do, so that a preview does not come and go while it is typed.
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
    (statuses.length === 0 || statuses.some((holds) => holds(task))) &&
    (wanted.length === 0 || saysAll(task, group, wanted));
}

/** Nothing for an `@` that begins no such word: it is text then, such as `@scope/package`. */
function statusesFrom(beginning: string): Test[] {
  return Object.entries(STATUS_WORDS).flatMap(([word, test]) =>
    word.startsWith(beginning) ? [test] : [],
  );
}

function saysAll(
  { id, title, subagent, place, files }: TaskView,
  group: Pick<GroupView, 'title'>,
  words: readonly string[],
): boolean {
  const text = [id, title, group.title, subagent, place.file, ...files].join('\n').toLowerCase();
  return words.every((word) => text.includes(word));
}
