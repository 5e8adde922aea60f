import { normaliseTitle } from '../../coordinator/plan/identity.ts';
import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import { SerialQueue } from '../../shared/serial-queue.ts';
import { monotonicMs } from '../../system/monotonic.ts';
import { closeFailure } from '../format/close-failure.ts';
import type { CloseFailure, TaskIdentity } from '../format/format.ts';
import type { BdCommands } from './bd/bd-commands.ts';
import { printedIssues, whyNot } from './bd/bd-output.ts';
import type { BdOutcome } from './bd/run-bd.ts';
import type { Issue } from './issues/issue-schema.ts';
import { statusWord } from './issues/issue-status.ts';
import { issueText } from './issues/issue-text.ts';

/** What is changed here of a task; how it failed or was cancelled is not kept by bd. */
export type IssueChange = 'completed' | 'in_progress' | 'pending';

type Written = Result<'changed' | 'unchanged', CloseFailure>;

/** What an issue was before we claimed it. */
interface Claimed {
  readonly status: string;
  readonly assignee: string;
}

const DONE: Readonly<Record<IssueChange, string>> = {
  completed: 'closed',
  in_progress: 'claimed',
  pending: 'put back',
};
/** Others are writing at this moment. */
const BUSY = /\block(?:ed|s)?\b|\bbusy\b|already claimed/i;

/** Changes issues through bd, one after the other, and only those that are still the ones that were meant. */
export class IssueWriter {
  readonly #commands: BdCommands;
  readonly #limitMs: number;
  readonly #claimed = new Map<string, Claimed>();
  readonly #closed = new Set<string>();
  readonly #queue = new SerialQueue();

  /** `limitMs`: of one change, all calls together. */
  constructor(commands: BdCommands, limitMs: number) {
    this.#commands = commands;
    this.#limitMs = limitMs;
  }

  write(task: TaskIdentity, change: IssueChange): Promise<Written> {
    return this.#queue.run(() => this.#change(task, change));
  }

  async #change(task: TaskIdentity, change: IssueChange): Promise<Written> {
    const deadline = monotonicMs() + this.#limitMs;
    const left = (): number => Math.max(1, deadline - monotonicMs());
    const outcome = await this.#commands.find(task.id, left());
    const found = printedIssues(outcome);
    if (!found.ok) {
      return failure(refusal(task, change, found.failure, outcome));
    }
    const issue = found.value.issues.find(({ id }) => id === task.id);
    if (issue === undefined || !isSame(issue, task)) {
      return failure(closeFailure('missing', task));
    }
    const call = this.#callFor(issue, change);
    if (call === null) {
      return success('unchanged');
    }
    const done = await call(left());
    if (done.kind !== 'ended' || done.exitCode !== 0) {
      return failure(refusal(task, change, whyNot(done), done));
    }
    this.#remember(issue, change);
    return success('changed');
  }

  /** What bd is asked to do, or `null` where everything is as it should be. */
  #callFor(issue: Issue, change: IssueChange): ((limitMs: number) => Promise<BdOutcome>) | null {
    const { id } = issue;
    const word = statusWord(issue);
    switch (change) {
      case 'completed':
        return word === 'closed' ? null : (limitMs) => this.#commands.close(id, limitMs);
      case 'in_progress':
        return word === 'in_progress' || word === 'closed'
          ? null
          : (limitMs) => this.#commands.claim(id, limitMs);
      case 'pending':
        return this.#backFrom(id, word);
    }
  }

  /** Back to what it was. Who else closed it meant it, and is not contradicted. */
  #backFrom(id: string, word: string): ((limitMs: number) => Promise<BdOutcome>) | null {
    const { status, assignee } = this.#claimed.get(id) ?? { status: 'open', assignee: '' };
    if (word === 'closed') {
      return this.#closed.has(id) ? (limitMs) => this.#commands.reopen(id, limitMs) : null;
    }
    if (word !== 'in_progress') {
      return null;
    }
    return (limitMs) => this.#commands.putBack(id, status, assignee, limitMs);
  }

  #remember(issue: Issue, change: IssueChange): void {
    if (change === 'completed') {
      this.#closed.add(issue.id);
    } else {
      this.#closed.delete(issue.id);
    }
    if (change === 'in_progress') {
      const { id, assignee } = issue;
      this.#claimed.set(id, { status: statusWord(issue), assignee: assignee ?? '' });
    } else {
      this.#claimed.delete(issue.id);
    }
  }
}

/** Whether it has the title that the task was planned with; ids can be given anew. */
function isSame(issue: Issue, { fingerprint }: TaskIdentity): boolean {
  return normaliseTitle(issueText(issue).title) === fingerprint.replace(/#\d+\/\d+$/, '');
}

function refusal(
  { id }: TaskIdentity,
  change: IssueChange,
  why: string,
  outcome: BdOutcome,
): CloseFailure {
  const slow = outcome.kind === 'too-slow';
  const busy = slow || (outcome.kind === 'ended' && BUSY.test(why));
  const next =
    change === 'completed'
      ? t('Try again, or close it yourself: bd close {0}', id)
      : t('Try again when bd works.');
  return {
    reason: busy ? 'busy' : 'unwritable',
    message: `“${id}” was not ${DONE[change]}. ${why} ${next}`,
  };
}
