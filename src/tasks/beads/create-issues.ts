import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import type { BdCommands } from './bd/bd-commands.ts';
import { printedIssues } from './bd/bd-output.ts';
import { mismatchMessage, mismatchRemedy, UNKNOWN_VERSIONS } from './bd/version-mismatch.ts';

/** Creates issues through bd, one at a time. */
export class IssueCreator {
  readonly #commands: BdCommands;
  readonly #limitMs: number;

  /** `limitMs`: time limit of each call. */
  constructor(commands: BdCommands, limitMs: number) {
    this.#commands = commands;
    this.#limitMs = limitMs;
  }

  /** Creates issues, labelled with their group, and returns their ids. A failure names the issues created before it. */
  async create(
    titles: readonly string[],
    group: string | null,
  ): Promise<Result<readonly string[], string>> {
    const mismatch = await this.#commands.mismatch(this.#limitMs);
    if (mismatch !== null) {
      const why = mismatchMessage(mismatch, UNKNOWN_VERSIONS);
      return failure(t('Nothing was added. {0} {1}', why, mismatchRemedy(mismatch.older)));
    }
    const labels = group === null ? [] : [`parallel:${group}`];
    const ids: string[] = [];
    for (const title of titles) {
      const created = printedIssues(await this.#commands.create(title, labels, this.#limitMs));
      const issue = created.ok ? created.value.issues[0] : undefined;
      if (issue === undefined) {
        const why = created.ok ? t('bd did not say which issue it made.') : created.failure;
        const before = ids.length === 0 ? '' : t(' Made before that: {0}.', ids.join(', '));
        return failure(`“${title}” was not added. ${why}${before}`);
      }
      ids.push(issue.id);
    }
    return success(ids);
  }
}
