import type { Problem } from '../../coordinator/schema/task.ts';
import { t } from '../../shared/messages.ts';
import type { Place } from '../../shared/view-models/group-views.ts';
import type { BdCommands } from './bd/bd-commands.ts';
import { mismatchRemedy } from './bd/version-mismatch.ts';

/**
 * Notices a bd that is older than the database and opens it all the same: the embedded database of bd 1.0.5 does, and
 * then fails at every change.
 */
export class VersionCheck {
  readonly #commands: BdCommands;
  readonly #limitMs: number;
  #checked: { readonly lastBd: string | null; readonly message: string | null } | null = null;

  /** `limitMs`: time limit of the call, ms. */
  constructor(commands: BdCommands, limitMs: number) {
    this.#commands = commands;
    this.#limitMs = limitMs;
  }

  /** Returns the warning, at `place`, or `null`. Calls bd only if another bd used the database since the last check. */
  async warning(lastBd: string | null, place: Place): Promise<Problem | null> {
    if (this.#checked?.lastBd !== lastBd) {
      this.#checked = { lastBd, message: await this.#message() };
    }
    const { message } = this.#checked;
    return message === null
      ? null
      : { severity: 'warning', code: 'beads-too-old', message, place, range: null };
  }

  async #message(): Promise<string | null> {
    const versions = await this.#commands.versions(this.#limitMs);
    if (versions === null || !isOlder(versions.program, versions.database)) {
      return null;
    }
    const { program, database } = versions;
    return `${t(
      'bd {0} is older than bd {1}, which made or migrated this database: changes to its issues can fail.',
      program,
      database,
    )} ${mismatchRemedy('program')}`;
  }
}

/** Compares versions such as `1.0.5` by their numbers. */
function isOlder(version: string, other: string): boolean {
  return version.localeCompare(other, 'en', { numeric: true }) < 0;
}
