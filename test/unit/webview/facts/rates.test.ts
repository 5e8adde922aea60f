import assert from 'node:assert/strict';
import { describeFailures, describeRate } from '../../../../src/webview/facts/rates.ts';
import { metricsRow } from '../../../support/webview/views.ts';

describe('how often an agent succeeded', () => {
  for (const [successes, successRate, words] of [
    [0, null, '0'],
    [3, 0.75, '3 (75 %)'],
    [199, 0.995, '199 (99 %)'],
    [4, 1, '4 (100 %)'],
  ] as const) {
    it(`reads ${words}`, () => {
      assert.equal(describeRate(metricsRow('claude', { successes, successRate })), words);
    });
  }

  it('names what it failed of', () => {
    const failures = [
      { reason: 'no_evidence', count: 1 },
      { reason: 'timeout', count: 2 },
    ] as const;
    assert.equal(describeFailures(metricsRow('a', { failures })), '1 no evidence, 2 timeout');
  });
});
