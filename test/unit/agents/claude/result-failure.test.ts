import { strict as assert } from 'node:assert';
import { init, result, understand } from '../../../support/claude-stream.ts';

describe('Claude Code’s end', () => {
  it('is no success without a good exit, whatever the last word was', async () => {
    const byCode = await understand([init, result()], { exitCode: 1 });
    assert.equal(byCode.verdict.failure?.reason, 'exit');
    const bySignal = await understand([init, result()], { exitCode: null, signal: 'SIGKILL' });
    assert.equal(bySignal.verdict.failure?.reason, 'signal');
  });

  it('is no success without a last word, even with exit code 0', async () => {
    const { verdict } = await understand([init, '{"type":"result","subtype":"succ']);
    assert.equal(verdict.failure?.reason, 'protocol');
    assert.equal(verdict.lastWord, false);
  });

  it('that we stopped failed for our reason, even if it then calls itself a success', async () => {
    const cancelled = await understand([init, result()], { stopped: { reason: 'cancelled' } });
    assert.equal(cancelled.verdict.failure?.reason, 'cancelled');
    const late = await understand([init], { stopped: { reason: 'timeout', limitMs: 90_000 } });
    assert.deepEqual(
      [late.verdict.failure?.reason, late.verdict.failure?.message],
      ['timeout', 'It was still working after 90 seconds and was stopped.'],
    );
  });

  for (const [status, reason] of [
    [429, 'throttled'],
    [529, 'throttled'],
    [401, 'authentication'],
    [403, 'authentication'],
    [400, 'invalid'],
    [404, 'invalid'],
    [402, 'invalid'],
    [500, 'dropped'],
    [503, 'dropped'],
    [408, 'dropped'],
  ] as const) {
    it(`that ends with API error ${status} failed as ${reason}, though it calls itself a success`, async () => {
      const last = result({ is_error: true, api_error_status: status, result: 'API Error' });
      const { verdict } = await understand([init, last], { exitCode: 1 });
      assert.equal(verdict.failure?.reason, reason);
      assert.ok(verdict.failure.remedy);
    });
  }

  for (const [text, reason] of [
    ['API Error: 429 {"type":"error"}', 'throttled'],
    ['API Error: Request rejected (429) · Rate limited', 'throttled'],
    ['Claude AI usage limit reached', 'throttled'],
    ['Invalid API key · Please run /login', 'authentication'],
    ['Credit balance is too low', 'invalid'],
    ['API Error: Connection error.', 'dropped'],
  ] as const) {
    it(`of an older version that ends with "${text}" failed as ${reason}`, async () => {
      const { verdict } = await understand([init, result({ is_error: true, result: text })]);
      assert.equal(verdict.failure?.reason, reason);
    });
  }

  it('of an older version at a limit tells until when that holds', async () => {
    const text = 'Claude AI usage limit reached|1000000060';
    const at = 1_000_000_000_000;
    const { verdict } = await understand([init, result({ is_error: true, result: text })], { at });
    const { failure } = verdict;
    assert.equal(failure?.reason === 'throttled' && failure.retryAfterMs, 60_000);
  });

  it('that gave up by itself says at which limit', async () => {
    const turns = await understand([init, result({ subtype: 'error_max_turns', is_error: true })]);
    assert.match(turns.verdict.failure?.message ?? '', /limit of turns/);
    const broken = await understand([
      init,
      result({ subtype: 'error_during_execution', is_error: true, errors: ['boom'] }),
    ]);
    assert.deepEqual(
      [broken.verdict.failure?.reason, broken.verdict.failure?.message.includes('boom')],
      ['protocol', true],
    );
  });
});
