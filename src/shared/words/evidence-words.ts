import { t } from '../messages.ts';
import type { Evidence } from '../view-models/group-views.ts';

/** What an item of evidence is about, as its heading. */
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

/** One character for how it speaks: for, against, to be looked at, neither. */
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

/** Its sentence, and what stands below it: the end of an output, empty where there is none. */
export function evidenceParts({ detail }: Evidence): {
  readonly sentence: string;
  readonly below: string;
} {
  const end = detail.indexOf('\n');
  return end === -1
    ? { sentence: detail, below: '' }
    : { sentence: detail.slice(0, end), below: detail.slice(end + 1) };
}

/** How a task has failed that this speaks against: what was denied is for a person to allow. */
export function unprovenReason({ kind }: Evidence): 'denied' | 'no_evidence' {
  return kind === 'permissions' ? 'denied' : 'no_evidence';
}
