import type { Problem } from '../../coordinator/schema/task.ts';
import type { SourceId } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import { unreachable } from '../../shared/unreachable.ts';
import type { Reading } from '../format/format.ts';
import { mismatchRemedy } from './bd/version-mismatch.ts';
import { EXPORT } from './issues/issue-places.ts';
import type { ReadFailure } from './read-beads.ts';

/** What to show if bd provides no reading. */
export interface FallbackReadings {
  /** The last reading through bd; `null` if there is none. */
  readonly before: Reading | null;
  /** The reading of the export; `null` if there is none. */
  readonly exported: Reading | null;
  /** The file to open for the problem. */
  readonly file: string;
}

/**
 * Returns the best reading available without bd: its last one, else the export, else nothing. One problem always says
 * so and suggests a remedy.
 */
export function readingWithoutBd(
  failure: ReadFailure,
  { before, exported, file }: FallbackReadings,
  source: SourceId,
): Reading {
  const shown = before ?? exported;
  const notice = shownNotice(before, exported, source);
  const problem: Problem = {
    severity: shown === null || isError(failure) ? 'error' : 'warning',
    code: `beads-${failure.reason}`,
    message: `${failure.message} ${notice} ${remedy(failure, source)}`,
    place: { file, line: 1 },
    range: null,
  };
  return { tasks: shown?.tasks ?? [], problems: [problem, ...(shown?.problems ?? [])] };
}

function isError({ reason }: ReadFailure): boolean {
  return reason === 'failed' || reason === 'too-old' || reason === 'too-new';
}

function shownNotice(before: Reading | null, exported: Reading | null, source: SourceId): string {
  if (before !== null) {
    return t('What is shown is what it said before.');
  }
  if (exported === null) {
    return t('The issues in {0} are not shown.', source);
  }
  return t(
    'What is shown is {0}/{1}, an export that may be stale, and nothing can be closed in it.',
    source,
    EXPORT,
  );
}

function remedy({ reason }: ReadFailure, source: SourceId): string {
  switch (reason) {
    case 'restricted':
      return t('Trust this folder to have bd asked.');
    case 'missing':
      return t('Install beads, or say in the setting parallelGroups.bdPath where bd is.');
    case 'no-database':
      return t('Run “bd bootstrap” in its folder to make the database.');
    case 'too-old':
      return mismatchRemedy('program');
    case 'too-new':
      return mismatchRemedy('database');
    case 'failed':
      return t('Try “bd list” beside {0}; when it works there, refresh.', source);
    default:
      return unreachable(reason);
  }
}
