import { t } from '../../shared/messages.ts';
import type { Usage } from '../../shared/view-models/group-views.ts';
import { describeUsd } from '../../shared/words/amounts.ts';
import { PROOF, type SelfTestResult } from './self-test.ts';

/** What came of a test, for a person: that it passed and what it took, or why not and what to do. */
export function describeSelfTest(
  title: string,
  { failure, durationMs, usage }: SelfTestResult,
): string {
  const took = [seconds(durationMs), ...(usage === null ? [] : usageWords(usage))].join(', ');
  if (failure === null) {
    return t('{0} works: it wrote {1} ({2}).', title, PROOF.file, took);
  }
  if (failure.reason === 'cancelled') {
    return t('The test of {0} was stopped.', title);
  }
  const { message, remedy } = failure;
  return [`${title} failed the test after ${took}. ${message}`, remedy ?? ''].join(' ').trim();
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;
}

function usageWords({ inputTokens, outputTokens, costUsd }: Usage): string[] {
  const tokens = `${(inputTokens + outputTokens).toLocaleString('en-US')} tokens`;
  return costUsd === null ? [tokens] : [tokens, describeUsd(costUsd)];
}
