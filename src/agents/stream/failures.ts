import type { Failure } from '../../shared/failure.ts';
import { t } from '../../shared/messages.ts';
import { firstOf } from '../../shared/words/text.ts';
import type { ProcessEnd } from '../contract/adapter.ts';
import type { Program } from '../contract/agent.ts';
import { exitFailure, stopFailure } from '../contract/process-failure.ts';

/** The result that an agent's own events report. */
export interface OwnResult {
  /** Whether its final event reports success. */
  readonly done: boolean;
  /** The failure that its events report; `null`: none. */
  readonly failure: Failure | null;
  readonly denials: readonly string[];
}

/**
 * Why an attempt failed; `null`: it succeeded. A stop by the runner outranks the agent's own result, which outranks the exit
 * code because it says more. A success also needs a good exit and no denials.
 */
export function judge(program: Program, end: ProcessEnd, own: OwnResult): Failure | null {
  const { done, failure, denials } = own;
  const stopped = stopFailure(end);
  if (stopped !== null) {
    return stopped;
  }
  // A process that was killed may have reported its failure while it was dying.
  if (failure !== null && (done || end.signal === null)) {
    return failure;
  }
  if (done) {
    return deniedFailure(program, denials) ?? exitFailure(end);
  }
  return exitFailure(end) ?? deniedFailure(program, denials) ?? silentFailure(program);
}

/** A tool was denied. The agent may have worked around it or stopped, which its result does not show. */
function deniedFailure(
  { title, permissions }: Program,
  denials: readonly string[],
): Failure | null {
  if (denials.length === 0) {
    return null;
  }
  return {
    reason: 'denied',
    denials,
    message: t(
      '{0} was not allowed to do what it wanted ({1}), so work may be missing.',
      title,
      firstOf(denials, 1),
    ),
    remedy: t('Allow it in the permissions of {0} ({1}), then try again.', title, permissions),
  };
}

/** The agent ended without its final event: it was killed, interrupted or broken. */
function silentFailure({ title }: Program): Failure {
  return {
    reason: 'protocol',
    message: t('{0} ended without saying whether it was done.', title),
    remedy: t('Try again; its whole output is in output.log.'),
  };
}

/** The agent's events report an interruption. */
export function interruptedFailure({ title }: Program): Failure {
  return {
    reason: 'protocol',
    message: t('{0} was interrupted before it was done.', title),
    remedy: t('Try again; its whole output is in output.log.'),
  };
}

/** The agent stopped at its own limit. Another attempt would reach the same limit. */
export function limitFailure({ title }: Program, limit: string): Failure {
  return {
    reason: 'invalid',
    message: t('{0} reached its {1} before it was done.', title, limit),
    remedy: t('Split the task, or raise the limit.'),
  };
}

/** The agent gave up for its own reason; `said`: its words on one line, or empty. */
export function gaveUp({ title }: Program, said: string): Failure {
  return {
    reason: 'protocol',
    message: t('{0} gave up. {1}', title, said).trim(),
    remedy: t('Try again; its whole output is in output.log.'),
  };
}
