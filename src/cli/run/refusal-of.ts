import type { RunRefusal } from '../../engine/contract/run-refusal.ts';
import { t } from '../../shared/messages.ts';
import { type Answer, refusal } from '../output/answer.ts';
import { describeItem } from './approval.ts';

/** The answer for a run that was not started or resumed. Lists commands that are not approved in full. */
export function refusalOf(refused: RunRefusal): Answer {
  if (refused.reason !== 'not_approved') {
    return refusal(refused.reason, refused.message);
  }
  const lines = refused.items.map(describeItem);
  const advice = t('Approve them with --yes, or on a terminal.');
  const answer = refusal(refused.reason, refused.message, {
    commands: refused.items.map(({ label, origin, command, env }) => ({
      label,
      origin,
      ...(command.kind === 'argv' ? { argv: command.argv } : { shell: command.line }),
      env,
    })),
  });
  return { ...answer, text: [refused.message, ...lines, advice].join('\n') };
}
