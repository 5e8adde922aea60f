import { t } from '../../../shared/messages.ts';
import type { BdOutcome } from './run-bd.ts';

/** A database and a bd whose schema versions differ, so that bd refuses to open it. */
export interface VersionMismatch {
  /** Which of the two is older. */
  readonly older: 'program' | 'database';
  /** The schema version of the database. */
  readonly databaseSchema: number;
  /** The latest schema version that this bd knows. */
  readonly programSchema: number;
}

/** Versions of beads; each is `null` if it is not known. */
export interface BeadsVersions {
  /** The version of the bd that runs here. */
  readonly program: string | null;
  /** The version of the bd that used the database last. */
  readonly last: string | null;
}

export const UNKNOWN_VERSIONS: BeadsVersions = { program: null, last: null };

/** bd's words for both directions; its error object and its plain text contain the same sentence. */
const MISMATCH = /database is at v(\d+), binary (knows up to|expects) v(\d+)/;

/** Reads the mismatch that an error message of bd reports; `null` if it reports something else. */
export function versionMismatch(message: string): VersionMismatch | null {
  const [, database, relation, program] = MISMATCH.exec(message) ?? [];
  return database === undefined || program === undefined
    ? null
    : {
        older: relation === 'expects' ? 'database' : 'program',
        databaseSchema: Number(database),
        programSchema: Number(program),
      };
}

/** The versions of two programs, as in `1.0.5`. */
export interface DifferingVersions {
  /** The bd that runs here. */
  readonly program: string;
  /** The bd that made the database, or migrated it last. */
  readonly database: string;
}

/** A warning of `bd migrate --inspect`. */
const DIFFERING = /schema version mismatch \(current: (\d[\w.+-]*), expected: (\d[\w.+-]*)\)/;

/** Reads the output of `bd migrate --inspect`; `null` if it reports no difference. */
export function differingVersions(outcome: BdOutcome): DifferingVersions | null {
  const output = outcome.kind === 'ended' ? outcome.stdout : '';
  const [, database, program] = DIFFERING.exec(output) ?? [];
  return database === undefined || program === undefined ? null : { program, database };
}

/** Explains a mismatch to the user in one sentence. */
export function mismatchMessage(
  { older, databaseSchema, programSchema }: VersionMismatch,
  { program, last }: BeadsVersions,
): string {
  const bd = program === null ? 'bd' : `bd ${program}`;
  const database =
    last === null || last === program ? t('the database') : t('the database of bd {0}', last);
  return older === 'program'
    ? t(
        '{0} is too old for {1}: the schema of the database has version {2}, and this bd knows versions up to {3}.',
        bd,
        database,
        databaseSchema,
        programSchema,
      )
    : t(
        '{0} is too new for {1}: the schema of the database has version {2}, and this bd needs {3}.',
        bd,
        database,
        databaseSchema,
        programSchema,
      );
}

/** Says how to end a mismatch. */
export function mismatchRemedy(older: VersionMismatch['older']): string {
  return older === 'program'
    ? t(
        'Update beads, or set parallelGroups.bdPath to a newer bd (`bd version` says which one runs), then refresh.',
      )
    : t(
        'Run “bd migrate” in its folder, after which an older bd can no longer use the database, or set parallelGroups.bdPath to the older bd.',
      );
}
