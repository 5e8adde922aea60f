import type { Failure } from '../../shared/failure.ts';
import { oneLine } from '../text.ts';
import { apiFailure, type ApiTrouble } from './api-failure.ts';
import type { ClaudeResult } from './schema.ts';

/** Why the agent's own last word is not a success, or `null` if it is one. */
export function resultFailure(
  result: ClaudeResult,
  trouble: ApiTrouble | null,
  retryAfterMs: number | null,
): Failure | null {
  if (!result.is_error && result.subtype === 'success') return null;
  if (result.subtype === 'success') {
    return apiFailure({
      status: result.api_error_status ?? trouble?.status ?? null,
      code: trouble?.code ?? null,
      text: result.result ?? trouble?.text ?? '',
      retryAfterMs,
    });
  }
  return stoppedItself(result);
}

function stoppedItself(result: ClaudeResult): Failure {
  const said = result.errors?.join(' ') ?? result.result ?? '';
  switch (result.subtype) {
    case 'error_max_turns':
      return {
        reason: 'invalid',
        message: 'Claude Code reached its limit of turns before it was done.',
        remedy: 'Split the task, or raise the limit.',
      };
    case 'error_max_budget_usd':
      return {
        reason: 'invalid',
        message: 'Claude Code reached its cost limit before it was done.',
        remedy: 'Split the task, or raise the limit.',
      };
    default:
      return {
        reason: 'protocol',
        message: `Claude Code gave up (${result.subtype}). ${oneLine(said)}`.trim(),
        remedy: 'Try again; its whole output is in output.log.',
      };
  }
}

/** The agent was refused what it asked for, went on without it, and called the rest a success. */
export function deniedFailure(denials: readonly string[]): Failure | null {
  if (denials.length === 0) return null;
  const [first = ''] = denials;
  const more = denials.length === 1 ? '' : ` and ${denials.length - 1} more`;
  return {
    reason: 'denied',
    denials,
    message: `Claude Code was not allowed to do what it wanted (${first}${more}), so work may be missing.`,
    remedy: 'Allow it in the permissions of Claude Code (`.claude/settings.json`), then try again.',
  };
}

/** It ended without its last word: killed, interrupted, or broken. */
export function silentFailure(interrupted: boolean): Failure {
  return {
    reason: 'protocol',
    message: interrupted
      ? 'Claude Code was interrupted before it was done.'
      : 'Claude Code ended without saying whether it was done.',
    remedy: 'Try again; its whole output is in output.log.',
  };
}
