import type { Failure } from '../../shared/failure.ts';
import { t } from '../../shared/messages.ts';
import type { ProcessEnd } from '../contract/adapter.ts';
import type { Program } from '../contract/agent.ts';
import { plainLine } from '../contract/text.ts';
import { apiFailure } from '../stream/api-failure.ts';
import { gaveUp, limitFailure } from '../stream/failures.ts';

/** Exit codes with a special meaning in Gemini CLI. */
const AUTHENTICATION = 41;
const INPUT = 42;
const SANDBOX = 44;
const CONFIGURATION = 52;
const TURNS = 53;
const TOOL = 54;
const UNTRUSTED = 55;

/** The lowest eight bits of the lowest HTTP error status: 429 becomes 173. */
const LOWEST_STATUS = 400 & 255;

/** The HTTP status behind an exit code, which holds its lowest eight bits; `null`: none. */
function statusOfExit(exitCode: number): number | null {
  return exitCode < LOWEST_STATUS || exitCode > 255 ? null : exitCode + 256;
}

/** The failure behind its exit code and its words; `null` if they say no more than those of any program. */
export function endFailure(program: Program, end: ProcessEnd, said: string): Failure | null {
  const text = said === '' ? end.lastLine : said;
  switch (end.exitCode) {
    case AUTHENTICATION:
      return apiFailure(program, { status: 401, code: null, text, retryAfterMs: null });
    case INPUT:
    case SANDBOX:
    case CONFIGURATION:
    case UNTRUSTED:
      return {
        reason: 'invalid',
        message: t(
          '{0} could not work with its settings or its input. {1}',
          program.title,
          plainLine(text),
        ).trim(),
        remedy: t(
          'Check its settings and whether it trusts this folder; repeating it cannot help.',
        ),
      };
    case TURNS:
      return limitFailure(program, t('limit of turns'));
    case TOOL:
      return gaveUp(program, plainLine(text));
    case null:
      return null;
    default: {
      const status = statusOfExit(end.exitCode);
      return status === null
        ? null
        : apiFailure(program, { status, code: null, text, retryAfterMs: null });
    }
  }
}
