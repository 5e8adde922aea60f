import { t } from '../../shared/messages.ts';
import { oneLine, shortened } from '../../shared/words/text.ts';
import type { RunState, TestsResult } from '../run/state/state.ts';
import type { Task } from '../schema/task.ts';

/** With more failures, one task covers all of them: a broken import does not need fifty agents. */
const MOST_TASKS = 12;
/** Maximum length of a test's name, in UTF-16 units. */
const LONGEST_NAME = 160;

/** Titles of the tasks that a failing suite suggests: one for each newly failing test, or one for the suite. */
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

/** Excludes tests that already failed before the run, as far as names tell. */
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

/** Test names are untrusted text: one line, limited length. */
function plainWords(name: string): string {
  return shortened(oneLine(name), LONGEST_NAME);
}

/** Proposed tasks as lines of a checklist. */
export function proposedTasks(run: RunState): string[] {
  return fixTitles(run).map(checklistLine);
}

export function checklistLine(title: string): string {
  return `- [ ] ${title}`;
}

/**
 * Titles that no open task of the source has yet, even if the source had to spell them differently. A title that
 * repeats a finished task says so: no two tasks of a plan should have the same title.
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

/** A title without the characters that a plan may have to escape. */
function bare(title: string): string {
  return title.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}
