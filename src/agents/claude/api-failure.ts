import type { Failure } from '../../shared/failure.ts';
import { oneLine } from '../text.ts';

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
export function apiFailure(trouble: ApiTrouble): Failure {
  const said = trouble.text === '' ? '' : ` It said: ${oneLine(trouble.text)}`;
  switch (kindOf(trouble)) {
    case 'throttled':
      return {
        reason: 'throttled',
        message: `The provider accepts no more requests for now.${said}`,
        remedy: 'It goes on by itself once the limit is lifted.',
        ...(trouble.retryAfterMs === null ? {} : { retryAfterMs: trouble.retryAfterMs }),
      };
    case 'authentication':
      return {
        reason: 'authentication',
        message: `The provider refused the sign-in.${said}`,
        remedy: 'Run `claude` in a terminal and sign in, or check its API key, then try again.',
      };
    case 'billing':
      return {
        reason: 'invalid',
        message: `The provider does not carry it out on this account.${said}`,
        remedy: 'Check the plan and the credit of the account, then try again.',
      };
    case 'invalid':
      return {
        reason: 'invalid',
        message: `The provider refused the request.${said}`,
        remedy: 'Check the model and the settings of Claude Code; repeating it cannot help.',
      };
    case 'dropped':
      return {
        reason: 'dropped',
        message: `The connection to the provider failed.${said}`,
        remedy: 'Check the network, then try again.',
      };
  }
}

type Kind = 'throttled' | 'authentication' | 'billing' | 'invalid' | 'dropped';

const BY_CODE: Readonly<Record<string, Kind>> = {
  rate_limit: 'throttled',
  overloaded: 'throttled',
  authentication_failed: 'authentication',
  oauth_org_not_allowed: 'authentication',
  billing_error: 'billing',
  invalid_request: 'invalid',
};

function kindOf({ status, code, text }: ApiTrouble): Kind {
  const known = code === null ? undefined : BY_CODE[code];
  if (known !== undefined) return known;
  const http = status ?? statusIn(text);
  if (http !== null) return kindOfStatus(http, text);
  if (/usage limit reached|overloaded/i.test(text)) return 'throttled';
  if (/invalid api key|please run \/login|not logged in/i.test(text)) return 'authentication';
  if (/credit balance/i.test(text)) return 'billing';
  return 'dropped';
}

function kindOfStatus(status: number, text: string): Kind {
  if (status === 429 || status === 529) return 'throttled';
  if (status === 401 || status === 403) return 'authentication';
  if (status === 402 || /credit balance/i.test(text)) return 'billing';
  // 408 and 409 pass by themselves.
  return status >= 400 && status < 500 && status !== 408 && status !== 409 ? 'invalid' : 'dropped';
}

/** Older versions tell the status only in words: `API Error: 429 {…}`, `API Error: Request rejected (429) · …`. */
function statusIn(text: string): number | null {
  const [, plain, parenthesised] = /API Error:(?: (\d{3})\b|.*?\((\d{3})\))/.exec(text) ?? [];
  const status = plain ?? parenthesised;
  return status === undefined ? null : Number(status);
}

/** Whether the CLI's own retry is about waiting for the provider, not about a refused key or a lost connection. */
export function isThrottling(status: number | null, code: string | null): boolean {
  return kindOf({ status, code, text: '', retryAfterMs: null }) === 'throttled';
}
