import { t } from '../messages.ts';
import type { Evidence } from '../view-models/group-views.ts';

/** Heading of an item of evidence. */
export const EVIDENCE_WORDS: Readonly<Record<Evidence['kind'], () => string>> = {
  exit: () => t('Exit'),
  result: () => t('Last word'),
  permissions: () => t('Permissions'),
  diff: () => t('Changes'),
  unnamed: () => t('Other changes'),
  report: () => t('Result file'),
  tests: () => t('Test'),
  person: () => t('A person'),
};

/** Returns the character for an item of evidence: for, against, worth checking, neutral. */
export function evidenceMark({ ok, note }: Evidence): '✓' | '✗' | '⚠' | '–' {
  if (!ok) {
    return '✗';
  }
  switch (note) {
    case undefined:
      return '✓';
    case 'warning':
      return '⚠';
    case 'neutral':
      return '–';
  }
}

/** Splits the detail into its sentence and the end of an output below it, which may be empty. */
export function evidenceParts({ detail }: Evidence): {
  readonly sentence: string;
  readonly below: string;
} {
  const end = detail.indexOf('\n');
  return end === -1
    ? { sentence: detail, below: '' }
    : { sentence: detail.slice(0, end), below: detail.slice(end + 1) };
}

/** Returns the failure reason of a task that this is evidence against: a denial needs the user's permission. */
export function unprovenReason({ kind }: Evidence): 'denied' | 'no_evidence' {
  return kind === 'permissions' ? 'denied' : 'no_evidence';
}
