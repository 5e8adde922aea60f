import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import type { BdCommands } from './bd/bd-commands.ts';
import { printedIssues } from './bd/bd-output.ts';

/** Makes issues through bd, one after the other. */
export class IssueCreator {
  readonly #commands: BdCommands;
  readonly #limitMs: number;

  /** `limitMs`: of each call. */
  constructor(commands: BdCommands, limitMs: number) {
    this.#commands = commands;
    this.#limitMs = limitMs;
  }

  /** The ids of the new issues, with the label of their group. What was made before a failure is named in its words. */
  async create(
    titles: readonly string[],
    group: string | null,
  ): Promise<Result<readonly string[], string>> {
    const labels = group === null ? [] : [`parallel:${group}`];
    const ids: string[] = [];
    for (const title of titles) {
      const made = printedIssues(await this.#commands.create(title, labels, this.#limitMs));
      const issue = made.ok ? made.value.issues[0] : undefined;
      if (issue === undefined) {
        const why = made.ok ? t('bd did not say which issue it made.') : made.failure;
        const before = ids.length === 0 ? '' : t(' Made before that: {0}.', ids.join(', '));
        return failure(`“${title}” was not added. ${why}${before}`);
      }
      ids.push(issue.id);
    }
    return success(ids);
  }
}
