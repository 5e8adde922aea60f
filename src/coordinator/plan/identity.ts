import { failure, type Result, success } from '../../shared/result.ts';

/** Normalises a title for identities: case, spacing and Unicode form do not matter. */
export function normaliseTitle(title: string): string {
  return title.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

/**
 * The fingerprint of each title of one source, in order: the normalised title, and `#<ordinal>/<count>` if it is
 * repeated. The count is included because an ordinal is meaningless once one of the repeated tasks is added or removed.
 */
export function fingerprints(titles: readonly string[]): readonly string[] {
  const normal = titles.map(normaliseTitle);
  const counts = new Map<string, number>();
  for (const title of normal) {
    counts.set(title, (counts.get(title) ?? 0) + 1);
  }
  const seen = new Map<string, number>();
  return normal.map((title) => {
    const count = counts.get(title) ?? 1;
    if (count === 1) {
      return title;
    }
    const ordinal = (seen.get(title) ?? 0) + 1;
    seen.set(title, ordinal);
    return `${title}#${ordinal}/${count}`;
  });
}

/** Identity of a task. `written`: its id is written in the source, not derived from its text. */
export interface Identity {
  readonly id: string;
  readonly fingerprint: string;
}
export interface Candidate extends Identity {
  readonly written: boolean;
}

/**
 * Finds a task in a source that may have been renumbered, reordered and rewritten: by id and fingerprint together, else
 * by a unique fingerprint. Fails rather than guesses.
 */
export function findTask<T extends Candidate>(
  tasks: readonly T[],
  wanted: Identity,
): Result<T, 'missing' | 'ambiguous'> {
  const title = withoutOrdinal(wanted.fingerprint);
  const alike = tasks.filter((task) => withoutOrdinal(task.fingerprint) === title);
  const same = alike.filter((task) => task.id === wanted.id);
  const exact = same.filter((task) => task.fingerprint === wanted.fingerprint);
  // A written id distinguishes repeated titles even if their count changed; a derived id does not.
  const named = same.filter((task) => task.written);
  const [only] = [exact, named, hasOrdinal(wanted.fingerprint) ? [] : alike]
    .filter((found) => found.length === 1)
    .flat();
  if (only !== undefined) {
    return success(only);
  }
  return failure(alike.length === 0 ? 'missing' : 'ambiguous');
}

const ORDINAL = /#\d+\/\d+$/;

function hasOrdinal(fingerprint: string): boolean {
  return ORDINAL.test(fingerprint);
}

function withoutOrdinal(fingerprint: string): string {
  return fingerprint.replace(ORDINAL, '');
}
