import { strict as assert } from 'node:assert';
import { RECORDED_CWD, recording, understandAs, words } from '../../../support/agent-stream.ts';

const sessionID = 'ses_1';
const begin = { type: 'step_start', sessionID, part: { type: 'step-start' } };
const finish = (reason: string, tokens: object | null = null, cost?: number): object => ({
  type: 'step_finish',
  sessionID,
  part: { type: 'step-finish', reason, ...(tokens === null ? {} : { tokens }), cost },
});
const text = (said: string): object => ({ type: 'text', sessionID, part: { text: said } });
const used = (tool: string, input: object, error?: string): object => ({
  type: 'tool_use',
  sessionID,
  part: {
    tool,
    callID: `${tool}-1`,
    state: error === undefined ? { status: 'completed', input } : { status: 'error', input, error },
  },
});
const error = (name: string, data: object): object => ({
  type: 'error',
  sessionID,
  error: { name, data },
});

describe('OpenCode’s event stream', () => {
  for (const [name, reason, edits, lastWord] of [
    ['ok', null, ['a.txt'], true],
    ['failing-tool', null, [], true],
    ['resume', null, ['a.txt'], true],
    ['denied', 'denied', [], false],
    ['401', 'authentication', [], false],
    ['429', 'throttled', [], false],
    ['cancel', 'signal', ['a.txt'], false],
  ] as const) {
    it(`recorded as "${name}" is ${reason ?? 'a success'}`, async () => {
      const { lines, end } = recording('opencode', name);
      const options = { cwd: RECORDED_CWD };
      const { verdict, unknown } = await understandAs('opencode', lines, end, options);
      assert.equal(verdict.failure?.reason ?? null, reason);
      assert.equal(verdict.lastWord, lastWord);
      assert.deepEqual(verdict.edits, edits);
      assert.ok(verdict.sessionId);
      assert.equal(unknown, 0);
    });
  }

  it('tells session, steps, and usage of all its steps together', async () => {
    const { events, verdict } = await understandAs('opencode', [
      begin,
      { type: 'reasoning', sessionID, part: { text: 'Let me see.' } },
      used('read', { filePath: '/project/a.ts' }),
      used('edit', { filePath: '/project/a.ts', oldString: 'a', newString: 'b' }),
      used('write', { filePath: '/project/b.ts', content: 'b\n' }, 'No room.'),
      used('bash', { command: 'npm test' }),
      used('grep', { pattern: 'login' }),
      used('webfetch', { url: 'https://example.org' }),
      finish('tool-calls', { input: 100, output: 20, reasoning: 5, cache: { read: 7 } }, 0.1),
      begin,
      text('All done.'),
      finish('stop', { input: 110, output: 20, reasoning: 0, cache: {} }, 0.2),
    ]);
    assert.deepEqual(events[0], { type: 'session', id: 'ses_1' });
    assert.deepEqual(words(events), [
      'thinks: Let me see.',
      'read: a.ts',
      'edit: a.ts +1 −1',
      'edit: b.ts +1',
      'warns: No room.',
      'run: npm test',
      'read: files matching login',
      'tool: webfetch https://example.org',
      'says: All done.',
    ]);
    assert.equal(verdict.failure, null);
    assert.equal(verdict.lastWord, true);
    assert.equal(verdict.summary, 'All done.');
    assert.deepEqual(verdict.edits, ['a.ts']);
    assert.deepEqual([verdict.usage?.inputTokens, verdict.usage?.outputTokens], [217, 45]);
    assert.equal(verdict.usage?.costUsd?.toFixed(3), '0.300');
  });

  it('tells of a command that failed, and no cost where the model has no price', async () => {
    const { lines, end } = recording('opencode', 'failing-tool');
    const { events, verdict } = await understandAs('opencode', lines, end);
    assert.deepEqual(words(events), ['run: false', 'warns: exit code 1', 'says: All done.']);
    assert.deepEqual(verdict.usage, { inputTokens: 200, outputTokens: 20, costUsd: null });
  });

  it('that stopped within a step, or after tools were called, is no success', async () => {
    for (const lines of [
      [begin, text('Almost.')],
      [begin, finish('tool-calls')],
      [finish('stop'), begin],
    ]) {
      const { verdict } = await understandAs('opencode', lines);
      assert.equal(verdict.failure?.reason, 'protocol');
      assert.equal(verdict.lastWord, false);
    }
  });

  it('that ran out of tokens says so', async () => {
    const { failure } = (await understandAs('opencode', [begin, finish('length')])).verdict;
    assert.equal(failure?.reason, 'invalid');
    assert.match(failure.message, /limit of output tokens/);
  });

  it('with a denial is no success, even where it stops there with exit code 0', async () => {
    const refused = 'The user rejected permission to use this specific tool call.';
    const rule = 'There is a rule which prevents you from using this specific tool call. []';
    const { verdict, events } = await understandAs('opencode', [
      begin,
      used('bash', { command: 'rm -rf /' }, refused),
      used('write', { filePath: '/project/.env', content: 'x' }, rule),
      finish('tool-calls'),
    ]);
    assert.equal(verdict.failure?.reason, 'denied');
    assert.deepEqual(verdict.denials, ['bash: rm -rf /', 'write: /project/.env']);
    assert.deepEqual(verdict.edits, []);
    assert.ok(words(events).includes(`warns: denied ${refused}`));
  });

  for (const [name, data, reason] of [
    ['APIError', { message: 'bad key', statusCode: 401 }, 'authentication'],
    ['APIError', { message: 'no', statusCode: 403 }, 'authentication'],
    ['APIError', { message: 'slow down', statusCode: 429 }, 'throttled'],
    ['APIError', { message: 'busy', statusCode: 529 }, 'throttled'],
    ['APIError', { message: 'no such model', statusCode: 404 }, 'invalid'],
    ['APIError', { message: 'oops', statusCode: 500 }, 'dropped'],
    ['APIError', { message: 'socket closed' }, 'dropped'],
    ['ProviderAuthError', { message: 'no key' }, 'authentication'],
    ['ContextOverflowError', { message: 'too long' }, 'invalid'],
    ['MessageOutputLengthError', {}, 'invalid'],
    ['MessageAbortedError', { message: 'aborted' }, 'protocol'],
    ['UnknownError', { message: 'Cannot read properties' }, 'protocol'],
    ['UnknownError', { message: 'Rate limit reached' }, 'throttled'],
  ] as const) {
    it(`that ends with ${name} ${JSON.stringify(data)} failed as ${reason}`, async () => {
      const lines = [begin, error(name, data)];
      const { verdict } = await understandAs('opencode', lines, { exitCode: 1 });
      assert.equal(verdict.failure?.reason, reason);
      assert.equal(verdict.lastWord, false);
    });
  }

  it('tells how long to wait where the provider says it', async () => {
    const after = async (headers: object): Promise<unknown> => {
      const told = error('APIError', { statusCode: 429, responseHeaders: headers });
      const { failure } = (await understandAs('opencode', [told], { exitCode: 1 })).verdict;
      return failure?.reason === 'throttled' && failure.retryAfterMs;
    };
    assert.equal(await after({ 'retry-after': '7' }), 7000);
    assert.equal(await after({ 'retry-after-ms': '250' }), 250);
    assert.equal(await after({ 'retry-after': 'Sat, 21 Nov 2026 02:47:28 GMT' }), undefined);
  });

  it('with an error is no success, whatever follows', async () => {
    const { verdict } = await understandAs('opencode', [
      error('UnknownError', {}),
      begin,
      finish('stop'),
    ]);
    assert.equal(verdict.lastWord, false);
    assert.equal(verdict.failure?.reason, 'protocol');
  });
});
