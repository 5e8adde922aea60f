import { t } from '../../shared/messages.ts';
import type { Usage } from '../../shared/view-models/group-views.ts';
import { describeUsd } from '../../shared/words/amounts.ts';
import { PROOF, type SelfTestResult } from './self-test.ts';

/** Describes the result of a test: that it passed, its duration and usage; or why it failed, and the remedy. */
export function describeSelfTest(
  title: string,
  { failure, durationMs, usage }: SelfTestResult,
): string {
  const figures = [seconds(durationMs), ...(usage === null ? [] : describeUsage(usage))].join(', ');
  if (failure === null) {
    return t('{0} works: it wrote {1} ({2}).', title, PROOF.file, figures);
  }
  if (failure.reason === 'cancelled') {
    return t('The test of {0} was stopped.', title);
  }
  const { message, remedy } = failure;
  return [`${title} failed the test after ${figures}. ${message}`, remedy ?? ''].join(' ').trim();
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;
}

function describeUsage({ inputTokens, outputTokens, costUsd }: Usage): string[] {
  const tokens = `${(inputTokens + outputTokens).toLocaleString('en-US')} tokens`;
  return costUsd === null ? [tokens] : [tokens, describeUsd(costUsd)];
}
