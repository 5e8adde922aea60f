import type { Failure } from '../../shared/failure.ts';
import { t } from '../../shared/messages.ts';
import type { Program } from '../contract/agent.ts';
import { plainLine } from '../contract/text.ts';

/** The known facts about a failed request to the provider. */
export interface ApiTrouble {
  /** HTTP status; `null` without an answer. */
  readonly status: number | null;
  /** The program's own code: `rate_limit`, `authentication_failed`, `overloaded`, `billing_error`, … */
  readonly code: string | null;
  /** The program's own sentence; may be empty. */
  readonly text: string;
  /** ms until the provider accepts requests again, by its own account. */
  readonly retryAfterMs: number | null;
}

/** Classifies a failed request: it may succeed later, or a person must act. */
export function apiFailure(program: Program, trouble: ApiTrouble): Failure {
  const said = trouble.text === '' ? '' : t(' It said: {0}', plainLine(trouble.text));
  switch (kindOf(trouble)) {
    case 'throttled': {
      const retryAfterMs = trouble.retryAfterMs ?? retryAfterIn(trouble.text);
      return {
        reason: 'throttled',
        message: t('The provider accepts no more requests for now.{0}', said),
        remedy: t('It goes on by itself once the limit is lifted.'),
        ...(retryAfterMs === null ? {} : { retryAfterMs }),
      };
    }
    case 'authentication':
      return {
        reason: 'authentication',
        message: t('The provider refused the sign-in.{0}', said),
        remedy: t('{0} Then try again.', program.signIn),
      };
    case 'billing':
      return {
        reason: 'invalid',
        message: t('The provider does not carry it out on this account.{0}', said),
        remedy: t('Check the plan and the credit of the account, then try again.'),
      };
    case 'invalid':
      return {
        reason: 'invalid',
        message: t('The provider refused the request.{0}', said),
        remedy: t(
          'Check the model and the settings of {0}; repeating it cannot help.',
          program.title,
        ),
      };
    case 'dropped':
      return {
        reason: 'dropped',
        message: t('The connection to the provider failed.{0}', said),
        remedy: t('Check the network, then try again.'),
      };
  }
}

type Kind = 'throttled' | 'authentication' | 'billing' | 'invalid' | 'dropped';

const BY_CODE: Readonly<Record<string, Kind>> = {
  // Claude Code
  overloaded: 'throttled',
  authentication_failed: 'authentication',
  oauth_org_not_allowed: 'authentication',
  billing_error: 'billing',
  invalid_request: 'invalid',
  // Claude Code and Copilot CLI
  rate_limit: 'throttled',
  // Copilot CLI
  quota: 'throttled',
  authentication: 'authentication',
  authorization: 'authentication',
  context_limit: 'invalid',
  // OpenCode
  ProviderAuthError: 'authentication',
  ContextOverflowError: 'invalid',
  // Gemini CLI
  FatalAuthenticationError: 'authentication',
};

const BY_WORDS: readonly (readonly [Kind, RegExp])[] = [
  ['throttled', /usage limit|rate limit|overloaded|at capacity|quota|too many requests/i],
  ['authentication', /api key not valid|invalid api key|please run \/login|not logged in/i],
  ['billing', /credit balance/i],
];

/** The part of an error's text that is searched, UTF-16 units. The rest usually repeats the request. */
const SEARCHED_LENGTH = 4000;

function kindOf({ status, code, text }: ApiTrouble): Kind {
  const known = code === null || !Object.hasOwn(BY_CODE, code) ? undefined : BY_CODE[code];
  if (known !== undefined) {
    return known;
  }
  const begin = text.slice(0, SEARCHED_LENGTH);
  const http = status ?? statusIn(begin);
  const said = BY_WORDS.find(([, words]) => words.test(begin))?.[0];
  return http === null ? (said ?? 'dropped') : kindOfStatus(http, said);
}

function kindOfStatus(status: number, said: Kind | undefined): Kind {
  if (status === 429 || status === 529) {
    return 'throttled';
  }
  if (status === 401 || status === 403) {
    return 'authentication';
  }
  if (status === 402) {
    return 'billing';
  }
  // 408 and 409 are temporary.
  if (status < 400 || status >= 500 || status === 408 || status === 409) {
    return 'dropped';
  }
  // Gemini answers 400 to an invalid key, Claude to an account without credit.
  return said === 'authentication' || said === 'billing' ? said : 'invalid';
}

const STATUS =
  /(?:\b(?:API Error:|status:?|HTTP)|"code":) ?([45]\d\d)\b|API Error:.*?\(([45]\d\d)\)/i;

/** Some programs report the status only in words: `API Error: 429 {…}`, `unexpected status 401 Unauthorized`, `(HTTP 401)`. */
function statusIn(text: string): number | null {
  const [, plain, parenthesised] = STATUS.exec(text) ?? [];
  const status = plain ?? parenthesised;
  return status === undefined ? null : Number(status);
}

const MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 24 * 3_600_000,
};
const AMOUNT = /(\d{1,9}(?:\.\d+)?) ?(ms|[smhd])[a-z]*/gi;
const WAIT = new RegExp(`(?:again|retry) (?:in|after) ((?:${AMOUNT.source}[ ,]*)+)`, 'i');

/** The wait in ms from `Please try again in 1.5s` or `Try again in 2 days 3 hours`; `null` if the text names none. */
function retryAfterIn(text: string): number | null {
  const wait = WAIT.exec(text.slice(0, SEARCHED_LENGTH))?.[1];
  if (wait === undefined) {
    return null;
  }
  const parts = [...wait.matchAll(AMOUNT)].map(
    ([, amount, unit = '']) => Number(amount) * (MS[unit.toLowerCase()] ?? 0),
  );
  return Math.ceil(parts.reduce((total, part) => total + part, 0));
}

/** Whether the program retries because the provider throttles it, not because of a refused key or a lost connection. */
export function isThrottling(trouble: Omit<ApiTrouble, 'retryAfterMs'>): boolean {
  return kindOf({ ...trouble, retryAfterMs: null }) === 'throttled';
}

/** Whether an error clearly comes from the provider. Some programs report their own errors in the same form. */
export function isProviderError(trouble: ApiTrouble): boolean {
  return (
    kindOf(trouble) !== 'dropped' ||
    (trouble.status ?? statusIn(trouble.text.slice(0, SEARCHED_LENGTH))) !== null
  );
}
