import assert from 'node:assert/strict';
import type { RunEventBody } from '../../../../src/coordinator/schema/events.ts';
import { RunSpans } from '../../../../src/engine/telemetry/run-spans.ts';
import { outcome } from '../../../support/coordinator/outcomes.ts';
import { agentPlan, keyOf, plannedTask, runPlan } from '../../../support/coordinator/plans.ts';
import { launchedRun } from '../../../support/coordinator/rehearsal.ts';

const ended = (
  attempt: number,
  changes = {},
): Extract<RunEventBody, { type: 'attempt.ended' }> => ({
  type: 'attempt.ended',
  task: keyOf('T1'),
  attempt,
  offset: 0,
  jitter: 0,
  outcome: { ...outcome(null), ...changes },
});
const requested = (attempt: number, choice = 0): RunEventBody => ({
  type: 'attempt.requested',
  task: keyOf('T1'),
  attempt,
  choice,
});

describe('the spans of a run', () => {
  const argv = ['claude', '--print', '--model', 'big-1'];
  const claude = agentPlan('claude', {
    provider: 'anthropic',
    price: { inputPerMTok: 1, outputPerMTok: 1 },
    command: { kind: 'argv', argv },
  });
  const codex = agentPlan('codex', { subagent: 'test-engineer' });
  const plan = runPlan([plannedTask('T1', { agents: [claude, codex] })]);

  it('tell of an attempt from its request to its end, under its task', () => {
    const spans = new RunSpans(launchedRun(plan).run);
    spans.onEvent(1000, requested(2));
    const usage = { inputTokens: 1_000_000, outputTokens: 500_000, costUsd: null };
    const attempt = spans.attempt(4000, ended(2, { usage, sessionId: 's-1' }));
    assert.deepEqual(
      [attempt?.span.from, attempt?.span.to, attempt?.span.parent, attempt?.costUsd],
      [1000, 4000, `task ${keyOf('T1')}`, 1.5],
    );
    assert.equal(attempt?.span.attributes['gen_ai.conversation.id'], 's-1');
    assert.equal(attempt.span.attributes['gen_ai.request.model'], 'big-1');
  });

  it('tell of an attempt that another process began as that process would have', () => {
    const before = launchedRun(plan).run;
    const resumed = new RunSpans(before).attempt(9_000_000, ended(1));
    const same = new RunSpans(before);
    same.onEvent(before.now, requested(1));
    assert.deepEqual(resumed, same.attempt(9_000_000, ended(1)));
  });

  it('name the agent that an attempt was given to, a fallback as itself', () => {
    const spans = new RunSpans(launchedRun(plan).run);
    spans.onEvent(1000, requested(2, 1));
    const attempt = spans.attempt(2000, ended(2, outcome('throttled')));
    assert.deepEqual(attempt?.attributes, {
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.provider.name': 'codex',
      'gen_ai.agent.name': 'test-engineer',
      'error.type': 'throttled',
      'parallel_groups.agent': 'codex',
    });
  });

  it('tell nothing of an attempt that never started, or of one twice', () => {
    const spans = new RunSpans(launchedRun(plan).run);
    spans.onEvent(1000, { type: 'attempt.revoked', task: keyOf('T1'), attempt: 1 });
    assert.equal(spans.attempt(2000, ended(1)), null);
    spans.onEvent(3000, requested(2));
    assert.ok(spans.attempt(4000, ended(2)) !== null);
    assert.equal(spans.attempt(5000, ended(2)), null);
  });

  it('tell nothing of a run that is not over', () => {
    const { run } = launchedRun(plan);
    assert.deepEqual(new RunSpans(run).ended(run), []);
  });
});
