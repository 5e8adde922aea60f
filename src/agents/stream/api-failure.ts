import type { Failure } from '../../shared/failure.ts';
import { t } from '../../shared/messages.ts';
import type { Program } from '../contract/agent.ts';
import { oneLine } from '../contract/text.ts';

/** What is known of a request to the provider that failed. */
export interface ApiTrouble {
  /** HTTP status, where there was an answer. */
  readonly status: number | null;
  /** The CLI's own word: `rate_limit`, `authentication_failed`, `overloaded`, `billing_error`, … */
  readonly code: string | null;
  /** The CLI's own sentence; may be empty. */
  readonly text: string;
  /** ms until the provider said it would accept requests again. */
  readonly retryAfterMs: number | null;
}

/** Sorts a failed request into what may pass by itself and what a person has to mend. */
export function apiFailure(program: Program, trouble: ApiTrouble): Failure {
  const said = trouble.text === '' ? '' : t(' It said: {0}', oneLine(trouble.text));
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

/** As much of an error's text is looked at; the rest is what the provider was asked, if anything. UTF-16 units. */
const TELLING = 4000;

function kindOf({ status, code, text }: ApiTrouble): Kind {
  const known = code === null || !Object.hasOwn(BY_CODE, code) ? undefined : BY_CODE[code];
  if (known !== undefined) {
    return known;
  }
  const begin = text.slice(0, TELLING);
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
  // 408 and 409 pass by themselves.
  if (status < 400 || status >= 500 || status === 408 || status === 409) {
    return 'dropped';
  }
  // Gemini answers 400 to a key that is not valid; Claude the same to an account without credit.
  return said === 'authentication' || said === 'billing' ? said : 'invalid';
}

const STATUS =
  /(?:\b(?:API Error:|status:?|HTTP)|"code":) ?([45]\d\d)\b|API Error:.*?\(([45]\d\d)\)/i;

/** Some tell the status only in words: `API Error: 429 {…}`, `unexpected status 401 Unauthorized`, `(HTTP 401)`. */
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

/** ms, as in `Please try again in 1.5s` or `Try again in 2 days 3 hours`; `null` if it is not told. */
function retryAfterIn(text: string): number | null {
  const wait = WAIT.exec(text.slice(0, TELLING))?.[1];
  if (wait === undefined) {
    return null;
  }
  const parts = [...wait.matchAll(AMOUNT)].map(
    ([, amount, unit = '']) => Number(amount) * (MS[unit.toLowerCase()] ?? 0),
  );
  return Math.ceil(parts.reduce((total, part) => total + part, 0));
}

/** Whether the CLI's own retry is about waiting for the provider, not about a refused key or a lost connection. */
export function isThrottling(trouble: Omit<ApiTrouble, 'retryAfterMs'>): boolean {
  return kindOf({ ...trouble, retryAfterMs: null }) === 'throttled';
}

/** Whether what went wrong is plainly the provider's, where a program tells of its own errors in the same way. */
export function isProviders(trouble: ApiTrouble): boolean {
  return (
    kindOf(trouble) !== 'dropped' ||
    (trouble.status ?? statusIn(trouble.text.slice(0, TELLING))) !== null
  );
}
