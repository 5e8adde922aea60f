import assert from 'node:assert/strict';
import {
  describeCost,
  describeTokens,
  describeUsage,
} from '../../../../src/webview/facts/amounts.ts';

describe('amounts', () => {
  it('show tokens with the figures that matter, and never 1000 of a smaller unit', () => {
    const counts = [0, 7, 999, 1000, 1049, 1800, 12_400, 999_949, 999_950, 1_000_000, 12_340_000];
    assert.deepEqual(counts.map(describeTokens), [
      '0',
      '7',
      '999',
      '1k',
      '1k',
      '1.8k',
      '12.4k',
      '999.9k',
      '1M',
      '1M',
      '12.3M',
    ]);
  });

  it('show cost in cents, and what is less than one not as nothing', () => {
    assert.deepEqual(
      [0, 0.001, 0.01, 0.42, 12].map((usd) => describeCost(usd)),
      ['$0.00', 'under $0.01', '$0.01', '$0.42', '$12.00'],
    );
  });

  it('mark a cost as estimated that no agent said', () => {
    assert.equal(describeCost(0.42, true), '$0.42 (estimated)');
    const usage = { inputTokens: 10, outputTokens: 1, costUsd: 0.5, costEstimated: true };
    assert.equal(describeUsage(usage), '10 in · 1 out · $0.50 (estimated)');
  });

  it('say nothing of the cost where the agent does not', () => {
    const usage = { inputTokens: 12_400, outputTokens: 1800, costUsd: null };
    assert.equal(describeUsage(usage), '12.4k in · 1.8k out');
    assert.equal(describeUsage({ ...usage, costUsd: 0.11 }), '12.4k in · 1.8k out · $0.11');
    // An agent that says "free" has said something.
    assert.equal(describeUsage({ ...usage, costUsd: 0 }), '12.4k in · 1.8k out · $0.00');
  });
});
