import type { Problem } from '../../coordinator/schema/task.ts';
import type { SourceId } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import { unreachable } from '../../shared/unreachable.ts';
import type { Reading } from '../format/format.ts';
import { EXPORT } from './issues/issue-places.ts';
import type { NoReading } from './read-beads.ts';

/** What there is instead of an answer of bd. */
export interface Instead {
  /** The last that bd said. */
  readonly before: Reading | null;
  readonly exported: Reading | null;
  /** What a person opens to look at the problem. */
  readonly file: string;
}

/**
 * The best that can be shown without bd: what it said last, else its export, else nothing; always with one problem that
 * says so, and what to do.
 */
export function readingWithoutBd(
  no: NoReading,
  { before, exported, file }: Instead,
  source: SourceId,
): Reading {
  const shown = before ?? exported;
  const what = whatIsShown(before, exported, source);
  const problem: Problem = {
    severity: shown === null || no.reason === 'failed' ? 'error' : 'warning',
    code: `beads-${no.reason}`,
    message: `${no.message} ${what} ${remedy(no, source)}`,
    place: { file, line: 1 },
    range: null,
  };
  return { tasks: shown?.tasks ?? [], problems: [problem, ...(shown?.problems ?? [])] };
}

function whatIsShown(before: Reading | null, exported: Reading | null, source: SourceId): string {
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

function remedy({ reason }: NoReading, source: SourceId): string {
  switch (reason) {
    case 'restricted':
      return t('Trust this folder to have bd asked.');
    case 'missing':
      return t('Install beads, or say in the setting parallelGroups.bdPath where bd is.');
    case 'no-database':
      return t('Run “bd bootstrap” in its folder to make the database.');
    case 'failed':
      return t('Try “bd list” beside {0}; when it works there, refresh.', source);
    default:
      return unreachable(reason);
  }
}
