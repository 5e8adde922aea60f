import { strict as assert } from 'node:assert';
import { RECORDED_CWD, recording, understandAs, words } from '../../../support/agent-stream.ts';

const event = (type: string, data: object = {}): object => ({ type, data, id: 'e' });
const says = (content: string): object => event('assistant.message', { content });
const begins = (toolCallId: string, toolName: string, args: unknown): object =>
  event('tool.execution_start', { toolCallId, toolName, arguments: args });
const ends = (toolCallId: string, fields: object = { success: true }): object =>
  event('tool.execution_complete', { toolCallId, ...fields });
const result = (exitCode = 0): object => ({ type: 'result', sessionId: 's-1', exitCode });
const callFailed = (statusCode: number | undefined, errorMessage = 'no'): object =>
  event('model.call_failure', { statusCode, errorMessage, retryAttempt: 0 });

const report = JSON.stringify({
  totalNanoAiu: 0,
  modelMetrics: {
    a: { usage: { inputTokens: 1100, outputTokens: 70, cacheReadTokens: 500 } },
    b: { usage: { inputTokens: 100 } },
    odd: null,
  },
});

describe('Copilot CLI’s event stream', () => {
  for (const [name, reason, edits, lastWord] of [
    ['ok', null, ['a.txt'], true],
    ['failing-tool', null, [], true],
    ['resume', null, [], true],
    ['denied', 'denied', [], true],
    ['401', 'authentication', [], false],
    ['429', 'throttled', [], false],
    ['dropped', 'dropped', ['a.txt'], false],
    ['cancel', 'signal', ['a.txt'], false],
  ] as const) {
    it(`recorded as "${name}" is ${reason ?? 'a success'}`, async () => {
      const { lines, end } = recording('copilot', name);
      const options = { cwd: RECORDED_CWD };
      const { verdict, unknown } = await understandAs('copilot', lines, end, options);
      assert.equal(verdict.failure?.reason ?? null, reason);
      assert.equal(verdict.lastWord, lastWord);
      assert.deepEqual(verdict.edits, edits);
      assert.ok(verdict.sessionId);
      assert.equal(unknown, 0);
    });
  }

  it('tells session and steps, and passes over its own inner life', async () => {
    const { events, verdict, unknown } = await understandAs('copilot', [
      event('session.skills_loaded'),
      event('session.background_tasks_changed'),
      event('assistant.message_delta', { deltaContent: 'I' }),
      event('assistant.reasoning', { content: 'Let me see.' }),
      begins('1', 'view', { path: '/project/a.ts' }),
      ends('1'),
      begins('2', 'create', { path: '/project/a.ts', file_text: 'a\n' }),
      ends('2', { success: true, fileEdits: [{ path: '/project/a.ts', kind: 'create' }] }),
      begins('3', 'edit', { path: '/project/b.ts', old_str: 'a', new_str: 'b' }),
      ends('3', { success: false, error: { message: 'No match.', code: 'failure' } }),
      begins('4', 'apply_patch', '*** Update File: c.ts\n'),
      ends('4'),
      begins('5', 'bash', { command: 'npm test' }),
      ends('5', {
        success: true,
        fileEdits: [{ path: '/project/made.ts', kind: 'create' }],
        shellExecution: { exitCode: 2 },
      }),
      begins('6', 'github-search', { query: 'zod' }),
      event('session.warning', { message: 'Slow today.' }),
      event('subagent.failed', { error: 'It got lost.' }),
      event('assistant.message', { content: 'From a subagent.', parentToolCallId: '7' }),
      says('All done.'),
      event('assistant.message', { content: 'Also a subagent.', parentToolCallId: '7' }),
      result(),
    ]);
    assert.deepEqual(words(events), [
      'thinks: Let me see.',
      'read: a.ts',
      'edit: a.ts +1',
      'edit: b.ts +1 −1',
      'warns: No match.',
      'edit: c.ts',
      'run: npm test',
      'warns: exit code 2',
      'tool: github-search zod',
      'warns: Slow today.',
      'warns: It got lost.',
      'says: From a subagent.',
      'says: All done.',
      'says: Also a subagent.',
    ]);
    assert.deepEqual(events.at(-1), { type: 'session', id: 's-1' });
    assert.deepEqual(verdict.edits, ['a.ts', 'c.ts', 'made.ts']);
    assert.deepEqual(
      [verdict.failure, verdict.lastWord, verdict.summary, unknown],
      [null, true, 'All done.', 0],
    );
  });

  it('tells no usage; the file that it leaves does, and what its session had used before is taken off', async () => {
    const lines = [says('Done.'), result()];
    assert.equal((await understandAs('copilot', lines)).verdict.usage, null);
    const told = await understandAs('copilot', lines, { usageReport: report });
    const usage = { inputTokens: 1200, outputTokens: 70, costUsd: null };
    assert.deepEqual(told.verdict.usage, usage);
    const baseline = { inputTokens: 1000, outputTokens: 50, costUsd: null };
    const resumed = await understandAs('copilot', lines, { usageReport: report }, { baseline });
    assert.deepEqual(resumed.verdict.usage, { inputTokens: 200, outputTokens: 20, costUsd: null });
    for (const broken of ['', '{', '[]', '{"modelMetrics":3}']) {
      const { verdict } = await understandAs('copilot', lines, { usageReport: broken });
      assert.equal(verdict.usage, null);
    }
  });

  it('without a good result, or aborted, is no success', async () => {
    const silent = (await understandAs('copilot', [says('Done.')])).verdict;
    assert.deepEqual([silent.failure?.reason, silent.lastWord], ['protocol', false]);
    for (const reason of ['user_initiated', undefined]) {
      const lines = [event('abort', { reason }), result()];
      const { failure, lastWord } = (await understandAs('copilot', lines)).verdict;
      assert.deepEqual([failure?.reason, lastWord], ['protocol', false]);
    }
    const credits = [event('abort', { reason: 'autopilot_credit_limit' }), result()];
    assert.equal((await understandAs('copilot', credits)).verdict.failure?.reason, 'invalid');
  });

  it('with a denial is no success; the same denial counts once', async () => {
    const { verdict, events } = await understandAs('copilot', [
      begins('1', 'bash', { command: 'rm -rf /' }),
      event('permission.requested', {
        requestId: 'r',
        permissionRequest: { kind: 'shell', fullCommandText: 'rm -rf /' },
      }),
      event('permission.completed', {
        requestId: 'r',
        toolCallId: '1',
        result: { kind: 'denied-by-rules' },
      }),
      ends('1', { success: false, error: { message: 'Permission denied', code: 'denied' } }),
      event('permission.completed', { requestId: 'q', result: { kind: 'approved' } }),
      says('I could not.'),
      result(),
    ]);
    assert.equal(verdict.failure?.reason, 'denied');
    assert.deepEqual(verdict.denials, ['bash: rm -rf /']);
    assert.deepEqual(words(events), [
      'run: rm -rf /',
      'warns: denied bash: rm -rf /: denied by rules',
      'says: I could not.',
    ]);
  });

  it('names what was denied by the request where no tool is known', async () => {
    const { verdict } = await understandAs('copilot', [
      event('permission.requested', {
        requestId: 'r',
        permissionRequest: { kind: 'url', url: 'https://example.org' },
      }),
      event('permission.completed', {
        requestId: 'r',
        result: { kind: 'denied-no-approval-rule-and-could-not-request-from-user' },
      }),
      result(),
    ]);
    assert.deepEqual(verdict.denials, ['url: https://example.org']);
  });

  it('asks the person when the agent has a question', async () => {
    const { events } = await understandAs('copilot', [
      event('user_input.requested', { question: 'Which database?' }),
      event('elicitation.requested', { message: 'Name it.' }),
      begins('1', 'ask_user', { question: 'Sure?' }),
    ]);
    assert.deepEqual(words(events), [
      'needs_you: Which database?',
      'needs_you: Name it.',
      'needs_you: Sure?',
    ]);
  });

  for (const [statusCode, reason] of [
    [401, 'authentication'],
    [403, 'authentication'],
    [429, 'throttled'],
    [529, 'throttled'],
    [400, 'invalid'],
    [500, 'dropped'],
    [undefined, 'dropped'],
  ] as const) {
    it(`whose request failed with ${statusCode ?? 'no answer'} failed as ${reason}`, async () => {
      const lines = [callFailed(statusCode), result(1)];
      const { verdict, events } = await understandAs('copilot', lines, { exitCode: 1 });
      assert.equal(verdict.failure?.reason, reason);
      assert.equal(events[0]?.type, reason === 'throttled' ? 'throttled' : 'step');
    });
  }

  for (const [data, reason] of [
    [{ errorType: 'authentication', message: 'x' }, 'authentication'],
    [{ errorType: 'quota', message: 'x' }, 'throttled'],
    [{ errorType: 'context_limit', message: 'x' }, 'invalid'],
    [{ errorType: 'query', message: 'A hook refused it.' }, 'protocol'],
  ] as const) {
    it(`that ends with its error "${data.errorType}" failed as ${reason}`, async () => {
      const lines = [event('session.error', data), result(1)];
      const { verdict } = await understandAs('copilot', lines, { exitCode: 1 });
      assert.equal(verdict.failure?.reason, reason);
      assert.equal(verdict.lastWord, false);
    });
  }

  it('without a single event, after advice on how to sign in, failed for that', async () => {
    const lastLine = "  • Run 'gh auth login' to authenticate with the GitHub CLI";
    const { failure } = (await understandAs('copilot', [], { exitCode: 1, lastLine })).verdict;
    assert.equal(failure?.reason, 'authentication');
    const later = await understandAs('copilot', [says('Hm.')], { exitCode: 1, lastLine });
    assert.equal(later.verdict.failure?.reason, 'exit');
  });

  it('that goes on after a failed request is a success', async () => {
    const { verdict } = await understandAs('copilot', [callFailed(429), says('Done.'), result()]);
    assert.equal(verdict.failure, null);
  });
});
