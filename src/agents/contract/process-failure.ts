import type { Failure } from '../../shared/failure.ts';
import { t } from '../../shared/messages.ts';
import type { ProcessEnd } from './adapter.ts';
import { plainLine } from './text.ts';

/** Shells exit with these codes when they cannot start a program. */
const NOT_EXECUTABLE = 126;
const NOT_FOUND = 127;

/** Why the runner stopped the process, or why it never ran. This outranks everything that the agent reports. */
export function stopFailure(end: ProcessEnd): Failure | null {
  if (end.spawnError !== null) {
    return {
      reason: 'not_started',
      message: t('The program could not be started: {0}.', end.spawnError),
      remedy: t('Check that it is installed and that its path is right.'),
    };
  }
  if (end.stopped === null) {
    return null;
  }
  if (end.stopped.reason === 'cancelled') {
    return { reason: 'cancelled', message: t('It was stopped.') };
  }
  return {
    reason: 'timeout',
    limitMs: end.stopped.limitMs,
    message: t('It was still working after {0} and was stopped.', duration(end.stopped.limitMs)),
    remedy: t('Raise the time limit, or split the task.'),
  };
}

/** The failure that the exit shows: every exit fails except code 0 without a signal. */
export function exitFailure(end: ProcessEnd): Failure | null {
  if (end.signal !== null) {
    return {
      reason: 'signal',
      signal: end.signal,
      message: t('It was ended from outside by {0}.', end.signal),
      remedy: t('The machine may have been short of memory; try again.'),
    };
  }
  if (end.exitCode === 0) {
    return null;
  }
  const exitCode = end.exitCode ?? -1;
  const lastLine = plainLine(end.lastLine);
  const said = lastLine === '' ? '' : t(' Its last line: {0}', lastLine);
  return { reason: 'exit', exitCode, ...exitWords(exitCode, said) };
}

function exitWords(exitCode: number, said: string): { message: string; remedy: string } {
  switch (exitCode) {
    case NOT_FOUND:
      return {
        message: t('A program was not found (exit code 127).{0}', said),
        remedy: t('Install it, or correct the command.'),
      };
    case NOT_EXECUTABLE:
      return {
        message: t('A program could not be executed (exit code 126).{0}', said),
        remedy: t('Check its permissions, or correct the command.'),
      };
    default:
      return {
        message: t('It ended with exit code {0}.{1}', exitCode, said),
        remedy: t('Its whole output is in the terminal and in output.log.'),
      };
  }
}

function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 1) {
    return t('{0} ms', ms);
  }
  if (seconds < 120) {
    return seconds === 1 ? t('1 second') : t('{0} seconds', seconds);
  }
  return t('{0} minutes', Math.round(seconds / 60));
}
