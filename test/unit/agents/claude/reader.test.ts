import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import type { AgentEvent } from '../../../../src/agents/contract/adapter.ts';
import { createAdapter } from '../../../../src/agents/registry.ts';
import { AT, RECORDED_CWD, recording, understandAs } from '../../../support/agent-stream.ts';
import {
  answer,
  assistant,
  init,
  result,
  understand,
  use,
} from '../../../support/claude-stream.ts';

const steps = (events: readonly AgentEvent[]): string[] =>
  events.flatMap((event) => (event.type === 'step' ? [`${event.kind}: ${event.text}`] : []));

describe('Claude Code’s event stream', () => {
  for (const [name, reason, edits] of [
    ['ok', null, ['a.txt']],
    ['failing-tool', null, []],
    ['resume', null, ['a.txt']],
    ['denied', 'denied', []],
    ['401', 'authentication', []],
    ['429', 'throttled', []],
    ['cancel', 'protocol', ['a.txt']],
  ] as const) {
    it(`recorded as "${name}" is ${reason ?? 'a success'}`, async () => {
      const { lines, end } = recording('claude', name);
      const options = { cwd: RECORDED_CWD };
      const { verdict, unknown } = await understandAs('claude', lines, end, options);
      assert.equal(verdict.failure?.reason ?? null, reason);
      assert.equal(verdict.lastWord, true);
      assert.deepEqual(verdict.edits, edits);
      assert.equal(unknown, 0);
    });
  }

  it('with a good last word and a good exit is a success, with summary and session', async () => {
    const { verdict, events } = await understand([init, result()]);
    assert.equal(verdict.failure, null);
    assert.equal(verdict.lastWord, true);
    assert.equal(verdict.summary, 'All done.');
    assert.equal(verdict.sessionId, 's-1');
    assert.deepEqual(events[0], { type: 'session', id: 's-1' });
  });

  it('with a denial is no success; the same denial counts once', async () => {
    const { verdict, events } = await understand([
      init,
      assistant('m1', [use('t1', 'Bash', { command: 'rm -rf /' })]),
      {
        type: 'system',
        subtype: 'permission_denied',
        tool_name: 'Bash',
        tool_use_id: 't1',
        message: 'needs approval',
      },
      answer('t1', 'needs approval', true),
      result({
        permission_denials: [
          { tool_name: 'Bash', tool_use_id: 't1', tool_input: { command: 'rm -rf /' } },
        ],
      }),
    ]);
    assert.equal(verdict.failure?.reason, 'denied');
    assert.deepEqual(verdict.denials, ['Bash: rm -rf /']);
    assert.deepEqual(steps(events), ['run: rm -rf /', 'warns: denied needs approval']);
  });

  it('tells of throttling while the agent waits by itself, and that is no failure', async () => {
    const retry = {
      type: 'system',
      subtype: 'api_retry',
      attempt: 1,
      max_retries: 10,
      retry_delay_ms: 600,
      error_status: 529,
      error: 'overloaded',
    };
    const { events, verdict } = await understand([init, retry, result()]);
    assert.deepEqual(events[1], {
      type: 'throttled',
      untilMs: AT + 600,
      text: '529 overloaded, retry 1 of 10',
    });
    assert.equal(verdict.failure, null);
  });

  it('that broke off while it retried failed for the reason of the retry', async () => {
    const retry = { type: 'system', subtype: 'api_retry', error_status: 401 };
    const { verdict, events } = await understand([init, retry], { exitCode: 1 });
    assert.equal(verdict.failure?.reason, 'authentication');
    assert.equal(events.at(-1)?.type, 'step');
  });

  it('tells until when the provider’s limit holds', async () => {
    const limit = {
      type: 'rate_limit_event',
      rate_limit_info: { status: 'rejected', resetsAt: AT / 1000 + 60 },
    };
    const last = result({ is_error: true, api_error_status: 429 });
    const { events, verdict } = await understand([init, limit, last]);
    assert.equal(events[1]?.type === 'throttled' && events[1].untilMs, AT + 60_000);
    const { failure } = verdict;
    assert.equal(failure?.reason === 'throttled' && failure.retryAfterMs, 60_000);
  });

  it('that only announces how much of a limit is left is not throttled', async () => {
    const info = { type: 'rate_limit_event', rate_limit_info: { status: 'allowed_warning' } };
    assert.deepEqual((await understand([info])).events, []);
  });

  it('counts as edited only files whose change succeeded, relative to the working directory', async () => {
    const { verdict } = await understand([
      init,
      assistant('m1', [
        use('a', 'Write', { file_path: '/project/src/a.ts', content: 'x\n' }),
        use('b', 'Edit', { file_path: '/project/b.ts', old_string: 'x', new_string: 'y' }),
        use('c', 'NotebookEdit', { notebook_path: '/elsewhere/c.ipynb', new_source: '' }),
        use('d', 'MultiEdit', { file_path: '/project/d.ts', edits: [] }),
        use('e', 'Read', { file_path: '/project/e.ts' }),
      ]),
      answer('a', 'ok'),
      answer('b', 'File has not been read yet.', true),
      answer('c', 'ok'),
      answer('e', 'ok'),
      result(),
    ]);
    assert.deepEqual(verdict.edits, ['src/a.ts', '/elsewhere/c.ipynb']);
  });

  it('says in a few words what the agent does', async () => {
    const { events } = await understand([
      assistant('m1', [
        { type: 'thinking', thinking: 'Let me see.' },
        { type: 'text', text: 'I add\n  the endpoint.' },
        use('1', 'Read', { file_path: '/project/src/user.ts' }),
        use('2', 'Edit', { file_path: '/project/a.ts', old_string: 'a\nb', new_string: 'c' }),
        use('3', 'Write', { file_path: 'n.md', content: 'a\nb\n' }),
        use('4', 'Bash', { command: 'npm test' }),
        use('5', 'Grep', { pattern: 'login' }),
        use('6', 'WebFetch', { url: 'https://example.org' }),
        use('7', 'mcp__board__post', {}),
        { type: 'server_tool_use', id: 'x' },
      ]),
      answer('3', '<tool_use_error>No.</tool_use_error>', true),
    ]);
    assert.deepEqual(steps(events), [
      'thinks: Let me see.',
      'says: I add the endpoint.',
      'read: src/user.ts',
      'edit: a.ts +1 −2',
      'edit: n.md +2',
      'run: npm test',
      'read: files matching login',
      'tool: WebFetch https://example.org',
      'tool: mcp__board__post',
      'warns: No.',
    ]);
  });

  it('asks the person when the agent has a question', async () => {
    const ask = use('1', 'AskUserQuestion', { questions: [{ question: 'Which database?' }] });
    const { events } = await understand([assistant('m1', [ask])]);
    assert.deepEqual(events, [{ type: 'needs_you', text: 'Which database?' }]);
  });

  it('adds tokens up by message, as each comes once for every block of it, and takes the agent’s own total at the end', async () => {
    const usage = { input_tokens: 100, output_tokens: 5, cache_read_input_tokens: 10 };
    const { events, verdict } = await understand([
      assistant('m1', [{ type: 'text', text: 'a' }], usage),
      assistant('m1', [{ type: 'text', text: 'b' }], { ...usage, output_tokens: 20 }),
      assistant('m2', [{ type: 'text', text: 'c' }], usage),
      result({
        total_cost_usd: 0.11,
        usage: { input_tokens: 200, output_tokens: 40 },
        modelUsage: { a: { inputTokens: 210, outputTokens: 40 }, b: { inputTokens: 30 } },
      }),
    ]);
    const totals = events.flatMap((event) => (event.type === 'usage' ? [event.usage] : []));
    assert.deepEqual(
      totals.map((each) => [each.inputTokens, each.outputTokens]),
      [
        [110, 5],
        [110, 20],
        [220, 25],
        [240, 40],
      ],
    );
    assert.deepEqual(verdict.usage, { inputTokens: 240, outputTokens: 40, costUsd: 0.11 });
  });

  it('of a resumed session reports only new usage, as the figures of Claude Code continue', async () => {
    const last = result({
      total_cost_usd: 0.11,
      usage: { input_tokens: 40, output_tokens: 10 },
      modelUsage: { a: { inputTokens: 240, outputTokens: 40 } },
    });
    const baseline = { inputTokens: 200, outputTokens: 30, costUsd: 0.1 };
    const message = assistant('m1', [], { input_tokens: 40, output_tokens: 9 });
    const { events, verdict } = await understandAs('claude', [message, last], {}, { baseline });
    const used = { inputTokens: 40, outputTokens: 9, costUsd: null };
    assert.deepEqual(events[0], { type: 'usage', usage: used });
    assert.deepEqual(verdict.usage, { inputTokens: 40, outputTokens: 10, costUsd: 0.01 });
  });

  it('recorded from a version that does not count them on is taken as it is', async () => {
    const { lines, end } = recording('claude', 'resume');
    const baseline = { inputTokens: 200, outputTokens: 20, costUsd: 0.0009 };
    const { usage } = (await understandAs('claude', lines, end, { baseline })).verdict;
    assert.deepEqual([usage?.inputTokens, usage?.outputTokens], [200, 20]);
    assert.equal(usage?.costUsd?.toFixed(4), '0.0009');
  });

  it('of a version that was never tested warns once', async () => {
    const told = { ...init, claude_code_version: '3.0.1' };
    const { events } = await understandAs('claude', [told, told, { type: 'new' }, result()]);
    assert.deepEqual(steps(events), [
      'warns: Claude Code 3.0.1 has not been tested; some of its output may not be shown.',
    ]);
    const known = { ...init, claude_code_version: '2.1.999' };
    assert.deepEqual(steps((await understandAs('claude', [known, result()])).events), []);
  });

  it('in a conversation is judged by its last turn', async () => {
    const bad = result({ is_error: true, api_error_status: 500 });
    assert.equal((await understand([init, bad, result()])).verdict.failure, null);
    assert.equal((await understand([init, result(), bad])).verdict.failure?.reason, 'dropped');
  });

  it('may contain anything: unknown events and other text are left out, and nothing is thrown', async () => {
    const { verdict } = await understand([
      '',
      'Warning: x',
      '[1,2]',
      '{"type":"new"}',
      init,
      result(),
    ]);
    assert.equal(verdict.failure, null);
    const adapter = await createAdapter('claude', '/project');
    fc.assert(
      fc.property(fc.json(), fc.string(), (json, text) => {
        adapter.accept(json, AT);
        adapter.accept(text, AT);
        adapter.accept(`{"type":"assistant","message":${json}}`, AT);
        adapter.accept(`{"type":"result","subtype":"success","is_error":${json}}`, AT);
      }),
    );
  });
});
