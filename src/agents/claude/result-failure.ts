import type { Failure } from '../../shared/failure.ts';
import { t } from '../../shared/messages.ts';
import type { Program } from '../contract/agent.ts';
import { plainLine } from '../contract/text.ts';
import { apiFailure, type ApiTrouble } from '../stream/api-failure.ts';
import { gaveUp, limitFailure } from '../stream/failures.ts';
import type { ClaudeResult } from './schema.ts';

/** The failure that the agent's final event reports; `null` for a success. */
export function resultFailure(
  program: Program,
  result: ClaudeResult,
  trouble: ApiTrouble | null,
  retryAfterMs: number | null,
): Failure | null {
  if (!result.is_error && result.subtype === 'success') {
    return null;
  }
  switch (result.subtype) {
    case 'success':
      return apiFailure(program, {
        status: result.api_error_status ?? trouble?.status ?? null,
        code: trouble?.code ?? null,
        text: result.result ?? trouble?.text ?? '',
        retryAfterMs,
      });
    case 'error_max_turns':
      return limitFailure(program, t('limit of turns'));
    case 'error_max_budget_usd':
      return limitFailure(program, t('cost limit'));
    default: {
      const said = result.errors?.join(' ') ?? result.result ?? '';
      return gaveUp(program, plainLine(`(${result.subtype}) ${said}`));
    }
  }
}
