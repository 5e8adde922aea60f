import { normaliseTitle } from '../../coordinator/plan/identity.ts';
import { t } from '../../shared/messages.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import { SerialQueue } from '../../shared/serial-queue.ts';
import { monotonicMs } from '../../system/monotonic.ts';
import { closeFailure } from '../format/close-failure.ts';
import type { CloseFailure, TaskIdentity } from '../format/format.ts';
import type { BdCommands } from './bd/bd-commands.ts';
import { failureMessage, mismatchOf, printedIssues } from './bd/bd-output.ts';
import type { BdOutcome } from './bd/run-bd.ts';
import { mismatchRemedy } from './bd/version-mismatch.ts';
import type { Issue } from './issues/issue-schema.ts';
import { statusWord } from './issues/issue-status.ts';
import { issueText } from './issues/issue-text.ts';

/** A status that this class writes; bd has none for failed or cancelled. */
export type IssueChange = 'completed' | 'in_progress' | 'pending';

type WriteResult = Result<'changed' | 'unchanged', CloseFailure>;

/** The state of an issue before it was claimed here. */
interface UnclaimedState {
  readonly status: string;
  readonly assignee: string;
}

const DONE: Readonly<Record<IssueChange, string>> = {
  completed: 'closed',
  in_progress: 'claimed',
  pending: 'put back',
};
/** bd messages that mean another process is writing. */
const BUSY = /\block(?:ed|s)?\b|\bbusy\b|already claimed/i;

/** Changes issues through bd, one at a time. Changes an issue only if it is still the one that the task came from. */
export class IssueWriter {
  readonly #commands: BdCommands;
  readonly #limitMs: number;
  readonly #beforeClaim = new Map<string, UnclaimedState>();
  readonly #closed = new Set<string>();
  readonly #queue = new SerialQueue();

  /** `limitMs`: time limit of one change, all calls included. */
  constructor(commands: BdCommands, limitMs: number) {
    this.#commands = commands;
    this.#limitMs = limitMs;
  }

  write(task: TaskIdentity, change: IssueChange): Promise<WriteResult> {
    return this.#queue.run(() => this.#change(task, change));
  }

  async #change(task: TaskIdentity, change: IssueChange): Promise<WriteResult> {
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
      return failure(refusal(task, change, failureMessage(done), done));
    }
    this.#record(issue, change);
    return success('changed');
  }

  /** Returns the bd call that makes the change, or `null` if none is needed. */
  #callFor(issue: Issue, change: IssueChange): ((limitMs: number) => Promise<BdOutcome>) | null {
    const { id } = issue;
    const status = statusWord(issue);
    switch (change) {
      case 'completed':
        return status === 'closed' ? null : (limitMs) => this.#commands.close(id, limitMs);
      case 'in_progress':
        return status === 'in_progress' || status === 'closed'
          ? null
          : (limitMs) => this.#commands.claim(id, limitMs);
      case 'pending':
        return this.#restoreCall(id, status);
    }
  }

  /** Restores the earlier state, except for an issue that someone else closed: that was intended. */
  #restoreCall(id: string, current: string): ((limitMs: number) => Promise<BdOutcome>) | null {
    const { status, assignee } = this.#beforeClaim.get(id) ?? { status: 'open', assignee: '' };
    if (current === 'closed') {
      return this.#closed.has(id) ? (limitMs) => this.#commands.reopen(id, limitMs) : null;
    }
    if (current !== 'in_progress') {
      return null;
    }
    return (limitMs) => this.#commands.putBack(id, status, assignee, limitMs);
  }

  #record(issue: Issue, change: IssueChange): void {
    if (change === 'completed') {
      this.#closed.add(issue.id);
    } else {
      this.#closed.delete(issue.id);
    }
    if (change === 'in_progress') {
      const { id, assignee } = issue;
      this.#beforeClaim.set(id, { status: statusWord(issue), assignee: assignee ?? '' });
    } else {
      this.#beforeClaim.delete(issue.id);
    }
  }
}

/** Whether the issue still has the title that the task was planned with; ids can be reused. */
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
  const mismatch = mismatchOf(outcome);
  if (mismatch !== null) {
    return {
      reason: 'unwritable',
      message: `“${id}” was not ${DONE[change]}. ${why} ${mismatchRemedy(mismatch.older)}`,
    };
  }
  const next =
    change === 'completed'
      ? t('Try again, or close it yourself: bd close {0}', id)
      : t('Try again when bd works.');
  return {
    reason: busy ? 'busy' : 'unwritable',
    message: `“${id}” was not ${DONE[change]}. ${why} ${next}`,
  };
}
