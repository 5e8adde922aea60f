import type { Failure } from '../../shared/failure.ts';
import { t } from '../../shared/messages.ts';
import type { ProcessEnd } from '../contract/adapter.ts';
import type { Program } from '../contract/agent.ts';
import { exitFailure, stopFailure } from '../contract/process-failure.ts';

/** How an agent's own events ended. */
export interface OwnWord {
  /** Whether its last word was that it is done. */
  readonly done: boolean;
  /** What its own events say went wrong; `null`: nothing. */
  readonly failure: Failure | null;
  readonly denials: readonly string[];
}

/**
 * Why an attempt is no success, or `null`. Why we ended it goes first, then the agent's own word, as it knows more than
 * its exit code; but a good word needs a good exit as well, and nothing denied.
 */
export function judge(program: Program, end: ProcessEnd, word: OwnWord): Failure | null {
  const { done, failure, denials } = word;
  const stopped = stopFailure(end);
  if (stopped !== null) {
    return stopped;
  }
  // Whoever was killed from outside had no time to mean what it last said.
  if (failure !== null && (done || end.signal === null)) {
    return failure;
  }
  if (done) {
    return deniedFailure(program, denials) ?? exitFailure(end);
  }
  return exitFailure(end) ?? deniedFailure(program, denials) ?? silentFailure(program);
}

/** The agent was refused what it asked for, went on without it or gave up, and that may not be seen in its result. */
function deniedFailure(
  { title, permissions }: Program,
  denials: readonly string[],
): Failure | null {
  if (denials.length === 0) {
    return null;
  }
  const [first = ''] = denials;
  const more = denials.length === 1 ? '' : ` and ${denials.length - 1} more`;
  return {
    reason: 'denied',
    denials,
    message: t(
      '{0} was not allowed to do what it wanted ({1}{2}), so work may be missing.',
      title,
      first,
      more,
    ),
    remedy: t('Allow it in the permissions of {0} ({1}), then try again.', title, permissions),
  };
}

/** It ended without its last word: killed, interrupted, or broken. */
function silentFailure({ title }: Program): Failure {
  return {
    reason: 'protocol',
    message: t('{0} ended without saying whether it was done.', title),
    remedy: t('Try again; its whole output is in output.log.'),
  };
}

/** It was interrupted, as its own events say. */
export function interruptedFailure({ title }: Program): Failure {
  return {
    reason: 'protocol',
    message: t('{0} was interrupted before it was done.', title),
    remedy: t('Try again; its whole output is in output.log.'),
  };
}

/** It stopped at a limit of its own; repeating it meets the same limit. */
export function limitFailure({ title }: Program, limit: string): Failure {
  return {
    reason: 'invalid',
    message: t('{0} reached its {1} before it was done.', title, limit),
    remedy: t('Split the task, or raise the limit.'),
  };
}

/** It gave up for a reason of its own; `said` are its words, on one line, or empty. */
export function gaveUp({ title }: Program, said: string): Failure {
  return {
    reason: 'protocol',
    message: `${title} gave up. ${said}`.trim(),
    remedy: t('Try again; its whole output is in output.log.'),
  };
}
