import { t } from '../../shared/messages.ts';
import type { RunState, TestsResult } from '../run/state/state.ts';
import type { Task } from '../schema/task.ts';

/** With more failures than this, one task is about all of them: nobody wants fifty agents at one broken import. */
const MOST_TASKS = 12;
/** UTF-16 units of a test's name. */
const LONGEST_NAME = 160;

/** Titles of the tasks that a failing suite suggests: one for each test that fails since, or one for the suite. */
export function fixTitles({ suites }: RunState): string[] {
  const after = suites.tests.state.kind === 'ended' ? suites.tests.state.tests : null;
  const before = suites.baseline.state.kind === 'ended' ? suites.baseline.state.tests : null;
  if (after?.status !== 'failed' || isAsBefore(before, after)) {
    return [];
  }
  const known = new Set(before?.failures.map(({ name }) => name));
  const names = after.failures.map(({ name }) => name).filter((name) => !known.has(name));
  const titles = [
    ...new Set(names.map((name) => t('Fix the failing test: {0}', plainWords(name)))),
  ];
  return titles.length === 0 || titles.length > MOST_TASKS ? [suiteTitle(after)] : titles;
}

/** Nothing is to be mended that was broken before, as far as names tell. */
function isAsBefore(before: TestsResult | null, after: TestsResult): boolean {
  const known = new Set(before?.failures.map(({ name }) => name));
  return (
    before?.status === 'failed' &&
    after.failures.length > 0 &&
    after.failures.every(({ name }) => known.has(name))
  );
}

function suiteTitle({ command }: TestsResult): string {
  return t('Fix the failing test suite{0}', command === null ? '' : `: ${plainWords(command)}`);
}

/** Names come from whoever wrote the tests: on one line, and not too long. */
function plainWords(name: string): string {
  const words = name.replace(/\s+/g, ' ').trim();
  return words.length <= LONGEST_NAME ? words : `${words.slice(0, LONGEST_NAME)}…`;
}

/** As tasks are proposed to people: lines of a checklist. */
export function proposedTasks(run: RunState): string[] {
  return fixTitles(run).map(checklistLine);
}

export function checklistLine(title: string): string {
  return `- [ ] ${title}`;
}

/**
 * Those of the titles that no open task of the source has yet, however it had to spell them. What was mended before, and
 * fails again, says so: no two tasks of a plan should have the same title.
 */
export function notYetIn(
  titles: readonly string[],
  source: string,
  tasks: Iterable<Task>,
): string[] {
  if (titles.length === 0) {
    return [];
  }
  const open = new Set<string>();
  const over = new Set<string>();
  for (const task of tasks) {
    if (task.source === source) {
      const { status } = task.status;
      (status === 'completed' || status === 'cancelled' ? over : open).add(bare(task.title));
    }
  }
  return titles
    .map((title) => (over.has(bare(title)) ? `${title}, again` : title))
    .filter((title) => !open.has(bare(title)));
}

/** A title without all that a plan may have had to spell otherwise. */
function bare(title: string): string {
  return title.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}
