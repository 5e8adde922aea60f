import { t } from '../../shared/messages.ts';
import { EXIT } from './exit-codes.ts';

/** The result of a command, for programs and for people. */
export interface Answer {
  readonly exitCode: number;
  /** One object for standard output with `--json`. */
  readonly json: object;
  /** For people; without a trailing newline. */
  readonly text: string;
  /** Refusals go to standard error, results to standard output. */
  readonly to: 'stdout' | 'stderr';
}

/** The answer of a command that cannot do its work: exit code 2. `details` are further keys of the JSON's `error`. */
export function refusal(reason: string, message: string, details: object = {}): Answer {
  return {
    exitCode: EXIT.refused,
    json: { version: 1, error: { reason, message, ...details }, exit_code: EXIT.refused },
    text: message,
    to: 'stderr',
  };
}

/** The answer after Ctrl-C before anything was started. */
export function cancelledEarly(): Answer {
  const message = t('Cancelled before anything was started.');
  return {
    exitCode: EXIT.cancelled,
    json: { version: 1, error: { reason: 'cancelled', message }, exit_code: EXIT.cancelled },
    text: message,
    to: 'stderr',
  };
}

/** Prints an answer. With `json`, standard output gets only the object. */
export function print(answer: Answer, json: boolean): void {
  if (json) {
    process.stdout.write(`${JSON.stringify(answer.json, undefined, 2)}\n`);
  }
  const channel = answer.to === 'stdout' ? process.stdout : process.stderr;
  if (answer.text !== '' && (answer.to === 'stderr' || !json)) {
    channel.write(`${answer.text}\n`);
  }
}
